import { expect, test } from "vitest";
import { pageHtml } from "../../../../src/host/editor/pageHtml";

const html = pageHtml({
  script: "https://res/dist/view.js",
  style: "https://res/dist/view-style.css",
  cspSource: "https://res",
  nonce: "abc123",
  title: `"<img src=x onerror=alert(1)>" & more.mp3`,
});

test("nothing is allowed but our script, our style and the file's sound", () => {
  expect(html).toContain(
    `content="default-src 'none'; script-src 'nonce-abc123'; style-src https://res; media-src https://res"`,
  );
  expect(html).not.toContain("unsafe");
});

test("the only script is ours and carries the nonce", () => {
  expect(html.match(/<script[^>]*>/g)).toEqual([`<script nonce="abc123" src="https://res/dist/view.js">`]);
});

test("a file's name cannot become markup", () => {
  expect(html).toContain("<title>&quot;&lt;img src=x onerror=alert(1)&gt;&quot; &amp; more.mp3</title>");
});
