import { expect, it } from "vitest";
import { withoutLinks } from "../../../src/host/withoutLinks";

/** As the editor finds links in a notification's text. */
const LINK = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)\)/i;

it("leaves no link in a text that names a file called like one", () => {
  const text = "“[Show details](command:workbench.action.quit).mp3” could not be analyzed.";
  expect(text).toMatch(LINK);
  expect(withoutLinks(text)).not.toMatch(LINK);
  expect(withoutLinks(text).replaceAll("\u200b", "")).toBe(text);
});
