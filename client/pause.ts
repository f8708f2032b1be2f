import type { ClientPorts } from './ports.ts'

/** Waits, by the clock of the ports. */
export const pause = ({ every }: Pick<ClientPorts, 'every'>, ms: number): Promise<void> =>
  new Promise(resolve => {
    const stop = every(Math.max(1, ms), () => {
      stop()
      resolve()
    })
  })
