/** The page's only Trusted Types policy: it makes no HTML and no script, only the URLs of our own workers. */

interface TrustedTypesFactory {
  createPolicy(name: string, rules: { createScriptURL(url: string): string | null }): unknown
}

/**
 * Installs the default policy; call it before anything else of the app runs. `urls` are the worker files that the
 * app starts itself (`import url from './x.ts?worker&url'`); the map adds its own with `trustScriptUrl`.
 */
export function installTrustedTypes(urls: readonly string[] = []): void {
  for (const url of urls) trustScriptUrl(url)
  const factory = (globalThis as { trustedTypes?: TrustedTypesFactory }).trustedTypes
  factory?.createPolicy('default', { createScriptURL: url => (isTrusted(url) ? url : null) })
}

const trusted = new Set<string>()

/** Lets one of our own files be started as a worker; another origin is refused. */
export function trustScriptUrl(url: string): void {
  const full = new URL(url, location.href)
  if (full.origin !== location.origin)
    throw new TypeError(`Worker ${full.href} is not of this site: refused.`)
  trusted.add(full.href)
}

/** Whether the policy lets a worker of this address start. */
export function isTrusted(url: string): boolean {
  return trusted.has(new URL(url, location.href).href)
}
