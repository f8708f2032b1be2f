import { gzipSync } from 'node:zlib'
import type { Page, Response } from '@playwright/test'

/** What a page has fetched of its app since it was opened: file names, and their sizes when compressed by gzip. */
export interface FirstLoad {
  readonly files: readonly string[]
  /** Thousands of bytes. */
  readonly kb: number
}

/** Weighs what a page loads of its own server from now on; asked at the end, after all of it is there. */
export function weigh(page: Page): () => Promise<FirstLoad> {
  const answers: Response[] = []
  page.on('response', answer => void answers.push(answer))
  return async () => {
    const { origin } = new URL(page.url())
    const own = answers.filter(answer => new URL(answer.url()).origin === origin && answer.ok())
    const bodies = await Promise.all(own.map(answer => answer.body()))
    return {
      files: own.map(answer => new URL(answer.url()).pathname),
      kb: bodies.reduce((sum, body) => sum + gzipSync(body, { level: 9 }).length, 0) / 1_000,
    }
  }
}
