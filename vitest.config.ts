import { defineConfig } from 'vitest/config'
import { roomsOf } from './tests/runner/rooms.ts'

const exclude = ['**/node_modules/**', '**/dist/**', '.hexhail/**']
const rooms = roomsOf(process.env)

/** Two projects: `unit` (rooms, property tests, house rules) and `e2e` (real processes and browsers). */
export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          ...rooms,
          exclude: [...exclude, ...rooms.exclude],
          // Many tests wait for a network or a chain, so one worker more than vitest takes on two cores.
          maxWorkers: 2,
          // For what hangs, not for what is slow: a busy machine can take ten times as long.
          testTimeout: 480_000,
          hookTimeout: 480_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          exclude,
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
})
