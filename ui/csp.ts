/** The headers with which the apps are served (trust.md section 6): nothing is allowed that is not named. */

/** Where an app may open connections, and whether the chain node is a wallet-injected one. */
export interface CspOptions {
  /** Origins for fetch and WebSocket besides the app's own: RPC, relays, audit node, faucet. */
  readonly connect: readonly string[]
}

/** Content-Security-Policy of an app. `wasm-unsafe-eval` is for the street kernel and the audit's hashes, and nothing else. */
export function contentSecurityPolicy({ connect }: CspOptions): string {
  const rules: readonly (readonly string[])[] = [
    ['default-src', "'none'"],
    ['script-src', "'self'", "'wasm-unsafe-eval'"],
    ['style-src', "'self'"],
    ['img-src', "'self'", 'data:', 'blob:'],
    ['connect-src', "'self'", ...connect],
    ['worker-src', "'self'"],
    ['manifest-src', "'self'"],
    ['font-src', "'self'"],
    ['base-uri', "'none'"],
    ['form-action', "'none'"],
    ['frame-ancestors', "'none'"],
    ['require-trusted-types-for', "'script'"],
    ['trusted-types', 'default'],
  ]
  return rules.map(rule => rule.join(' ')).join('; ')
}

/** All security headers of an app's pages and assets. */
export function securityHeaders(options: CspOptions): Readonly<Record<string, string>> {
  return {
    'content-security-policy': contentSecurityPolicy(options),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'geolocation=(self), camera=(), microphone=(), payment=()',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  }
}
