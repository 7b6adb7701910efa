/** What package.json promises to the editor and what the code registers are the same, both ways. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  ANALYSIS_EDITOR,
  COMMANDS,
  CONTEXT_KEYS,
  ITEM_KINDS,
  SETTINGS,
  VIEW_CONTAINER,
  VIEWS,
} from "../../../src/host/manifest";
import { AUDIO_EXTENSIONS } from "../../../src/shared/audioFormats";

interface MenuItem {
  command: string;
  when?: string;
  group?: string;
}
interface Setting {
  type: string;
  enum?: string[];
  enumDescriptions?: string[];
  minimum?: number;
  maximum?: number;
  default: unknown;
  scope: string;
  order: number;
  markdownDescription: string;
}
interface PackageJson {
  engines: { vscode: string };
  devDependencies: Record<string, string>;
  activationEvents: string[];
  capabilities: { untrustedWorkspaces: { restrictedConfigurations: string[] } };
  contributes: {
    commands: { command: string; title: string; category: string; icon?: string; enablement?: string }[];
    menus: Record<string, MenuItem[]>;
    viewsContainers: { activitybar: { id: string; icon: string }[] };
    views: Record<string, { id: string; icon: string }[]>;
    viewsWelcome: { view: string; contents: string; when?: string }[];
    customEditors: { viewType: string; priority: string; selector: { filenamePattern: string }[] }[];
    configuration: { properties: Record<string, Setting> };
  };
}

const PROJECT = join(import.meta.dirname, "../../..");
const read = (name: string): string => readFileSync(join(PROJECT, name), "utf8");
const manifest = JSON.parse(read("package.json")) as PackageJson;
const words = JSON.parse(read("package.nls.json")) as Record<string, string>;
const { commands, menus, views, viewsContainers, viewsWelcome, customEditors, configuration } =
  manifest.contributes;

/** The clauses of the whole manifest. */
const clauses = [
  ...Object.values(menus).flat(),
  ...commands.map(({ enablement }) => ({ when: enablement })),
  ...viewsWelcome,
].flatMap(({ when }) => when ?? []);

describe("commands", () => {
  test("are those that the code registers", () => {
    expect(commands.map(({ command }) => command).sort()).toEqual([...COMMANDS].sort());
  });

  test("carry the category and a title from the word list", () => {
    for (const { category, title } of commands) {
      expect(category).toBe("Playlista");
      expect(title).toMatch(/^%command\.\w+%$/);
    }
  });

  test("have titles in title case", () => {
    const titles = commands.map(({ title }) => words[title.replaceAll("%", "")] ?? "");
    for (const title of titles)
      expect(title).toMatch(/^[A-Z][\w-]*( (from|in|to|of|with|playlista\.conf|[A-Z]\w*))*…?$/);
  });

  test("are the only ones that menus name", () => {
    const named = Object.values(menus).flatMap((items) => items.map(({ command }) => command));
    expect([...new Set(named)].filter((name) => !(COMMANDS as readonly string[]).includes(name))).toEqual([]);
  });

  test("that work on a row are hidden in the palette", () => {
    const hidden = menus["commandPalette"]
      ?.filter(({ when }) => when === "false")
      .map(({ command }) => command);
    expect(hidden?.sort()).toEqual([
      "playlista.cancelFile",
      "playlista.copyPath",
      "playlista.loadMore",
      "playlista.removeFromLibrary",
      "playlista.revealInExplorer",
    ]);
  });

  test("that appear inline or as a title button have an icon", () => {
    const buttons = Object.values(menus)
      .flat()
      .filter(({ group }) => /^(inline|navigation)/.test(group ?? ""));
    for (const { command } of buttons) {
      expect(commands.find((declared) => declared.command === command)?.icon, command).toMatch(
        /^\$\([a-z-]+\)$/,
      );
    }
  });
});

describe("the Explorer's menu", () => {
  test("has one entry, in a group of its own", () => {
    expect(menus["explorer/context"]?.map(({ command, group }) => ({ command, group }))).toEqual([
      { command: "playlista.analyzeAudio", group: "9_playlista@1" },
    ]);
  });

  test("offers it on folders and on each format's extensions, on a disk only", () => {
    const pattern = `/^\\.(${AUDIO_EXTENSIONS.join("|")})$/i`;
    expect(menus["explorer/context"]?.[0]?.when).toBe(
      `(explorerResourceIsFolder || resourceExtname =~ ${pattern}) && (resourceScheme == file || resourceScheme == vscode-remote)`,
    );
  });
});

describe("clauses", () => {
  test("read each declared context key, and no other of ours", () => {
    const read = clauses.flatMap((clause) => clause.match(/playlista\.[a-zA-Z]+/g) ?? []);
    const known = [...CONTEXT_KEYS, ...Object.values(VIEWS), ANALYSIS_EDITOR];
    expect(read.filter((key) => !known.includes(key))).toEqual([]);
    for (const key of CONTEXT_KEYS) expect(read).toContain(key);
  });

  test("name only kinds of rows that the trees make", () => {
    const exact = clauses.flatMap((clause) => clause.match(/viewItem == (\w+)/g) ?? []);
    for (const clause of exact)
      expect(Object.values(ITEM_KINDS)).toContain(clause.replace("viewItem == ", ""));
  });

  test("name extensions as the formats' list does", () => {
    const patterns = clauses.flatMap((clause) => clause.match(/resourceExtname =~ (\/\S+)/g) ?? []);
    expect(patterns.length).toBeGreaterThan(1);
    for (const pattern of patterns) expect(pattern).toContain(`(${AUDIO_EXTENSIONS.join("|")})`);
  });
});

describe("views", () => {
  test("are those that the code fills, in our container", () => {
    expect(viewsContainers.activitybar.map(({ id }) => id)).toEqual([VIEW_CONTAINER]);
    expect(views[VIEW_CONTAINER]?.map(({ id }) => id)).toEqual(Object.values(VIEWS));
  });

  test("have an icon that exists, so that they can be moved", () => {
    const icons = [...viewsContainers.activitybar, ...(views[VIEW_CONTAINER] ?? [])].map(({ icon }) => icon);
    for (const icon of icons) expect(read(icon)).toContain("<svg");
  });

  test("greet an empty library with commands that exist", () => {
    const links = viewsWelcome.flatMap(
      ({ contents }) => words[contents.replaceAll("%", "")]?.match(/command:[\w.]+/g) ?? [],
    );
    const ours = links
      .map((link) => link.replace("command:", ""))
      .filter((name) => name.startsWith("playlista"));
    expect(ours.length).toBeGreaterThan(0);
    for (const name of ours) expect(COMMANDS).toContain(name);
  });
});

test("the editor is offered for each format and takes over none", () => {
  expect(customEditors).toMatchObject([
    {
      viewType: ANALYSIS_EDITOR,
      priority: "option",
      selector: [{ filenamePattern: `*.{${AUDIO_EXTENSIONS.join(",")}}` }],
    },
  ]);
});

describe("settings", () => {
  test("are those that the code reads, with the same types, limits, scopes and defaults", () => {
    const declared = Object.entries(configuration.properties).map(([name, setting]) => [
      name,
      {
        type: setting.type,
        default: setting.default,
        scope: setting.scope,
        ...(setting.enum && { choices: setting.enum }),
        ...(setting.minimum !== undefined && { minimum: setting.minimum, maximum: setting.maximum }),
      },
    ]);
    expect(Object.fromEntries(declared)).toEqual(SETTINGS);
  });

  test("are ordered, described, and each choice is explained", () => {
    const settings = Object.values(configuration.properties);
    expect(settings.map(({ order }) => order)).toEqual(settings.map((_, index) => index + 1));
    for (const { markdownDescription, enum: choices, enumDescriptions } of settings) {
      expect(markdownDescription).toMatch(/^%setting\./);
      expect(enumDescriptions?.length).toBe(choices?.length);
    }
  });

  test("are those of the README's table, with the same defaults", () => {
    const rows = [...read("README.md").matchAll(/^\| `(playlista\.[\w.]+)` +\| `([^`]+)`/gm)];
    const declared = Object.entries(SETTINGS).map(([name, { default: value }]) => [
      name,
      typeof value === "string" ? value : JSON.stringify(value),
    ]);
    expect(rows.map(([, name, value]) => [name, value])).toEqual(declared);
  });

  test("that say where results are read from are not an untrusted folder's to set", () => {
    const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    expect(restrictedConfigurations).toEqual(["playlista.database.location"]);
  });

  test("link only to settings that exist", () => {
    const links = Object.values(words).flatMap((text) => text.match(/(?<=`#)[\w.]+(?=#`)/g) ?? []);
    for (const link of links) expect(Object.keys(SETTINGS)).toContain(link);
  });
});

test("the word list has every word that is used, and no other", () => {
  const used = read("package.json").match(/(?<="%)[\w.]+(?=%")/g) ?? [];
  expect([...new Set(used)].sort()).toEqual(Object.keys(words).sort());
});

test("the oldest editor supported is the one whose API the code is compiled against", () => {
  expect(manifest.engines.vscode).toBe(`^${manifest.devDependencies["@types/vscode"] ?? ""}`);
});

test("nothing wakes the extension but its own contributions, and a folder with a library", () => {
  // Files are watched there, and a run that was not finished is offered again.
  expect(manifest.activationEvents).toEqual(["workspaceContains:.playlista"]);
});
