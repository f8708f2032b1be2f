import { contentSecurityPolicy, securityHeaders } from '@hexhail/ui/csp.ts'
import { expect, test } from 'vitest'

const policy = contentSecurityPolicy({ connect: ['http://127.0.0.1:7545', 'ws://127.0.0.1:7011'] })

test('nothing is allowed that is not named', () => {
  expect(policy.startsWith("default-src 'none'; ")).toBe(true)
  for (const never of ["'unsafe-inline'", "'unsafe-eval'", ' *', 'https:', 'http:;'])
    expect(policy).not.toContain(never)
})

test('connections go to the named places only', () => {
  expect(policy).toContain("connect-src 'self' http://127.0.0.1:7545 ws://127.0.0.1:7011;")
})

test('pages need Trusted Types and may not be framed', () => {
  expect(policy).toContain("require-trusted-types-for 'script'")
  expect(policy).toContain("frame-ancestors 'none'")
  expect(securityHeaders({ connect: [] })['referrer-policy']).toBe('no-referrer')
})
