import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { projectRoot } from '../src/platform/root.ts'

/** What dependency-cruiser, which knows only imports, cannot see. */
const sources = readdirSync(join(projectRoot, 'src'), { recursive: true, encoding: 'utf8' })
  .map(path => `src/${path}`)
  .filter(path => path.endsWith('.ts') && !path.startsWith('src/generated/'))

const filesWith = (pattern: RegExp) =>
  sources.filter(path => pattern.test(readFileSync(join(projectRoot, path), 'utf8'))).sort()

describe('the sources', () => {
  it('make routes only in the registrar, which asks each for its access', () => {
    expect(filesWith(/\bRouter\s*\(|\bRouter\b.*from 'express'/)).toEqual(['src/web/route.ts'])
  })

  it('read the environment only in the configuration', () => {
    expect(filesWith(/process\.(env|loadEnvFile)\b/)).toEqual(['src/config.ts'])
  })

  it('ask for the time only of the clock, but for demonstration data, which is made once', () => {
    const files = filesWith(/\bnew Date\(\)|\bDate\.now\b/).filter(path => !path.startsWith('src/demo/'))
    expect(files).toEqual(['src/platform/clock.ts'])
  })

  it('never put text together to a query', () => {
    expect(filesWith(/RawUnsafe\b/)).toEqual([])
  })
})

describe('the lockfile', () => {
  const { packages } = JSON.parse(readFileSync(join(projectRoot, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { optionalDependencies?: Record<string, string>; resolved?: string }>
  }

  it('names the packages for every system, without which `npm ci` refuses it', () => {
    const wanted = Object.values(packages).flatMap(each => Object.keys(each.optionalDependencies ?? {}))
    const missing = wanted.filter(name => !Object.keys(packages).some(path => path.endsWith(`node_modules/${name}`)))
    expect(missing).toEqual([])
  })

  it('names no registry, so that each machine uses its own', () => {
    expect(Object.entries(packages).filter(([, { resolved }]) => resolved)).toEqual([])
  })
})
