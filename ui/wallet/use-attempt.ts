import { useState } from 'preact/hooks'
import { walletText } from './wallet-text.ts'

/** Runs one attempt at a time; says whether one runs and what the last one failed of. */
export function useAttempt(): {
  busy: boolean
  error: string | null
  attempt: (work: () => Promise<void>) => void
} {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const attempt = (work: () => Promise<void>): void => {
    if (busy) return
    setBusy(true)
    setError(null)
    work()
      .catch((cause: unknown) => setError(walletText(cause)))
      .finally(() => setBusy(false))
  }
  return { busy, error, attempt }
}
