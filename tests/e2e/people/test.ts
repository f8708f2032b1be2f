import { type Browser, type BrowserContext, test as base, expect } from '@playwright/test'
import { readStack, type StackFile } from '../stack/stack.ts'
import { createWitness, type Witness } from './chain.ts'
import { type Driver, driverAt } from './driver.ts'
import { bendClock } from './page-clock.ts'
import { type Rider, riderAt } from './rider.ts'
import { type Complaints, watch } from './watch.ts'

/** A phone, as the screens are made for it first. */
export const PHONE = { width: 390, height: 844 } as const

/** The people of a test: each has a browser context of their own, and none may hear a complaint from the page. */
export interface Cast {
  rider(): Promise<Rider>
  /** A driver near the place where the riders of these tests stand. */
  driver(car: string): Promise<Driver>
  /** A context for any page, listened to like the others. */
  context(who: string): Promise<BrowserContext>
  readonly complaints: readonly Complaints[]
  /** Addresses of the three apps. */
  readonly urls: StackFile['urls']
  leave(): Promise<void>
}

/** Where the riders of these tests stand, as they type it, and a street corner two blocks off. */
export const PICKUP = '18 de julio 1453'
const CLOSE_BY = [-56.1835, -34.9065] as const

/** Two kilometres off. */
export const NEAR = 'tres cruces'

/** To draw a map costs a processor most of its time, and a page has to work without one. */
function withoutWebGl(): void {
  const real = HTMLCanvasElement.prototype.getContext as (...args: unknown[]) => unknown
  HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, ...args: unknown[]) {
    return String(args[0]).startsWith('webgl') ? null : real.apply(this, args)
  } as never
}

/** Assembles a cast. */
export function createCast(browser: Browser, { urls }: StackFile, maps: boolean): Cast {
  const contexts: BrowserContext[] = []
  const complaints: Complaints[] = []
  const context = async (who: string): Promise<BrowserContext> => {
    const made = await browser.newContext({ viewport: PHONE, locale: 'en-US', reducedMotion: 'reduce' })
    contexts.push(made)
    complaints.push(await watch(made, who))
    await bendClock(made)
    if (!maps) await made.addInitScript(withoutWebGl)
    return made
  }
  return {
    context,
    complaints,
    urls,
    rider: async () => riderAt(await (await context('rider')).newPage(), urls.rider),
    driver: async car =>
      driverAt(await (await context('driver')).newPage(), { url: urls.driver, at: CLOSE_BY, car }),
    leave: async () => void (await Promise.all(contexts.map(each => each.close()))),
  }
}

/** A test of the pages: the stack, its chain, and people. */
export const test = base.extend<{ cast: Cast; maps: boolean }, { stack: StackFile; witness: Witness }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from its first parameter
  stack: [async ({}, use) => use(readStack()), { scope: 'worker' }],
  witness: [async ({ stack }, use) => use(createWitness(stack)), { scope: 'worker' }],
  // True where maps are drawn.
  maps: [false, { option: true }],
  cast: async ({ browser, stack, maps }, use) => {
    const cast = createCast(browser, stack, maps)
    await use(cast)
    await cast.leave()
    expect(cast.complaints.flatMap(each => each.all)).toEqual([])
  },
})
