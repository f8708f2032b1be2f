import type { Hearers } from '../hearers.ts'
import { t } from '../text.ts'

/** How many drivers hear a request, in words that promise nothing; nothing where no relay tells. */
export function Around({ hearers }: { readonly hearers: Hearers | null }) {
  if (!hearers) return null
  const { near, all } = hearers
  return (
    <p class="small muted" data-testid="around">
      {near > 0 ? t('aroundNear', { n: near }) : all > 0 ? t('aroundFar', { n: all }) : t('aroundNone')}
    </p>
  )
}
