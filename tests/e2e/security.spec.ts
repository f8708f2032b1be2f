import { expect } from '@playwright/test'
import { test } from './people/test.ts'

test('a page refuses code that is not its own, and hears of each', async ({ cast }) => {
  const { page, enter } = await cast.rider()
  for (const complaints of cast.complaints) complaints.expect(/CSP|Content Security Policy|Trusted/i)
  await enter()
  const refused = await page.evaluate(async () => {
    const heard: string[] = []
    document.addEventListener('securitypolicyviolation', event => heard.push(event.effectiveDirective))
    const fails = async (run: () => unknown): Promise<boolean> => {
      try {
        await run()
        return false
      } catch {
        return true
      }
    }
    const planted = document.createElement('p')
    const results = {
      html: await fails(() => {
        planted.innerHTML = '<img src="x" onerror="globalThis.taken = true">'
      }),
      worker: await fails(() => new Worker('/strange.js')),
      policy: await fails(() =>
        (
          globalThis as unknown as { trustedTypes: { createPolicy(name: string, rules: object): unknown } }
        ).trustedTypes.createPolicy('mine', {}),
      ),
      elsewhere: await fails(() => fetch('https://elsewhere.example/')),
      // Inside a timer, since what DevTools evaluates itself stands above the policy.
      code: await new Promise<boolean>(resolve => {
        setTimeout(() => fails(() => new Function('return 1')()).then(resolve), 0)
      }),
    }
    const inline = document.createElement('button')
    inline.setAttribute('style', 'color: red')
    document.body.append(inline)
    inline.remove()
    await new Promise(resolve => setTimeout(resolve, 0))
    return { ...results, heard: [...new Set(heard)].sort(), taken: 'taken' in globalThis }
  })
  expect(refused).toEqual({
    html: true,
    worker: true,
    policy: true,
    elsewhere: true,
    code: true,
    taken: false,
    heard: ['connect-src', 'require-trusted-types-for', 'style-src-attr', 'trusted-types'],
  })
})
