// A plugin for esbuild: the package that import() names becomes a bundle of its own in dist/packages, which is loaded
// when the code first comes by there.
import { join } from "node:path";
import * as esbuild from "esbuild";

const FOLDER = "packages";
/** Marks our own question for where a package lies. */
const ASKED = Symbol("asked");

/**
 * @param {esbuild.BuildOptions} options for the packages' bundles
 * @param {esbuild.Metafile[]} metafiles takes what went into them
 * @returns {esbuild.Plugin}
 */
export function lazyPackages(options, metafiles) {
  return {
    name: "lazy packages",
    setup(build) {
      const entryPoints = {};
      // By require(): Node's other loader would have to start for import(), in each thread.
      build.initialOptions.supported = { "dynamic-import": false };
      build.onResolve({ filter: /./ }, async ({ path, kind, pluginData, importer, resolveDir }) => {
        if (kind !== "dynamic-import" || pluginData === ASKED) return undefined;
        const found = await build.resolve(path, { kind, importer, resolveDir, pluginData: ASKED });
        const [, name] =
          /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(found.path.replaceAll("\\", "/")) ?? [];
        if (name === undefined) return undefined;
        const file = name.replace(/^@/, "").replaceAll(/[/.]/g, "-");
        entryPoints[file] = found.path;
        return { path: `./${FOLDER}/${file}.js`, external: true };
      });
      build.onEnd(async () => {
        const { metafile } = await esbuild.build({
          ...options,
          outdir: join(options.outdir, FOLDER),
          entryPoints,
        });
        metafiles.push(metafile);
      });
    },
  };
}
