import type { BrowserContext, Page } from '@playwright/test'

/** What the pages of a context complained of. */
export interface Complaints {
  readonly all: readonly string[]
  /** What is not to be counted: a test that cuts a wire hears of it. */
  expect(pattern: RegExp): void
}

/** Listens to a context's pages: errors on the console, exceptions, breaches of the content security policy. */
export async function watch(context: BrowserContext, who: string): Promise<Complaints> {
  const heard: string[] = []
  const expected: RegExp[] = []
  const put = (text: string): void => {
    heard.push(`${who}: ${text}`)
  }
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', event =>
      console.error(`CSP ${event.effectiveDirective}: ${event.blockedURI}`),
    )
  })
  const follow = (page: Page): void => {
    page.on('pageerror', error => put(`exception ${error.stack ?? error.message}`))
    page.on('console', message => {
      if (message.type() === 'error') put(`${message.text()} (${message.location().url})`)
    })
  }
  for (const page of context.pages()) follow(page)
  context.on('page', follow)
  return {
    get all() {
      return heard.filter(line => !expected.some(pattern => pattern.test(line)))
    },
    expect: pattern => void expected.push(pattern),
  }
}
