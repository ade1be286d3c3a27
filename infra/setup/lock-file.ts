// package-lock.json must name the binaries of every platform, or `npm ci` refuses it. npm leaves out those that its
// registry did not serve on the day of `npm install`; their names, versions and platforms are known all the same.

/** What we read of an entry of `packages` in package-lock.json, and write of a new one. */
export interface LockEntry {
  version?: string;
  optional?: boolean;
  dev?: boolean;
  os?: string[];
  cpu?: string[];
  optionalDependencies?: Record<string, string>;
}

export type LockPackages = Record<string, LockEntry>;

const PLATFORM =
  /-(aix|android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|win32)-([a-z0-9]+)(?:-|$)/;
const EXACT_VERSION = /^\d+\.\d+\.\d+$/;

/** Where Node looks for a package from a place in the tree, the nearest first. */
function places(from: string, name: string): string[] {
  const own = `${from === '' ? '' : `${from}/`}node_modules/${name}`;
  if (from === '') return [own];
  const parent = from.lastIndexOf('/node_modules/');
  return [own, ...places(parent === -1 ? '' : from.slice(0, parent), name)];
}

/** The entries that are missing: binaries of other platforms, which are optional and of one exact version. */
export function missingPlatforms(packages: LockPackages): LockPackages {
  const missing: LockPackages = {};
  for (const [path, { optionalDependencies = {}, dev }] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      const [, os, cpu] = PLATFORM.exec(name) ?? [];
      if (os === undefined || cpu === undefined || !EXACT_VERSION.test(version)) continue;
      if (places(path, name).some((place) => place in packages)) continue;
      missing[`node_modules/${name}`] = {
        version,
        cpu: [cpu],
        ...(dev && { dev }),
        optional: true,
        os: [os],
      };
    }
  }
  return missing;
}
