import { Banner } from '@hexhail/ui/components/Banner.tsx'
import { en } from '../locales/en.ts'
import type { DriverModel } from '../model.ts'
import { type TextKey, t } from '../text.ts'

const KEYS: Readonly<Record<string, TextKey>> = { 'wallet-refused': 'problem_walletRefused' }

/** What went wrong with the last deed, in a sentence. */
export function Problem({ model }: { readonly model: DriverModel }) {
  const problem = model.deeds.problem.value
  if (!problem) return null
  const key = `problem_${problem.code}`
  return (
    <Banner tone="bad" icon="warning">
      {t(KEYS[problem.code] ?? (key in en ? (key as TextKey) : 'problem_other'), { reason: problem.message })}
    </Banner>
  )
}
