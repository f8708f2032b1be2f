import { Banner } from '@hexhail/ui/components/Banner.tsx'
import { en } from '../locales/en.ts'
import type { RiderModel } from '../model.ts'
import { type TextKey, t } from '../text.ts'

/** What went wrong with the last deed, in a sentence. */
export function Problem({ model }: { readonly model: RiderModel }) {
  const code = model.problem.value
  if (!code) return null
  const key = `problem_${code}`
  return (
    <Banner tone="bad" icon="warning">
      {t(key in en ? (key as TextKey) : 'problem_other')}
    </Banner>
  )
}
