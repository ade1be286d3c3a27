import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { missingPlatforms } from './lock-file.ts';
import { inRepository } from './paths.ts';

describe('package-lock.json', () => {
  it('names the binaries of every platform; if not: node infra/setup/complete-lock.ts', () => {
    const { packages } = JSON.parse(readFileSync(inRepository('package-lock.json'), 'utf8'));
    expect(missingPlatforms(packages)).toEqual({});
  });
});

describe('missingPlatforms', () => {
  const swc = {
    dev: true,
    optionalDependencies: { '@swc/core-darwin-arm64': '1.16.22', '@swc/core-linux-x64-gnu': '1.16.22' },
  };

  it('adds what a package asks for by exact version', () => {
    const packages = {
      'node_modules/@swc/core': swc,
      'node_modules/@swc/core-linux-x64-gnu': { version: '1.16.22' },
    };
    expect(missingPlatforms(packages)).toEqual({
      'node_modules/@swc/core-darwin-arm64': {
        version: '1.16.22',
        cpu: ['arm64'],
        dev: true,
        optional: true,
        os: ['darwin'],
      },
    });
  });

  it('finds a binary beside its package as well as at the root', () => {
    const packages = {
      'client/node_modules/@swc/core': swc,
      'client/node_modules/@swc/core-darwin-arm64': { version: '1.16.22' },
      'node_modules/@swc/core-linux-x64-gnu': { version: '1.16.22' },
    };
    expect(missingPlatforms(packages)).toEqual({});
  });

  it('leaves other optional packages to npm', () => {
    expect(
      missingPlatforms({
        'node_modules/a': { optionalDependencies: { fsevents: '~2.3.3', kerberos: '^2.0.0' } },
      }),
    ).toEqual({});
  });
});
