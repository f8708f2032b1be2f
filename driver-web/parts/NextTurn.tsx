import { stepText } from '@hexhail/streets/route/step-text.ts'
import type { StepKind } from '@hexhail/streets/router.ts'
import { Icon } from '@hexhail/ui/components/Icon.tsx'
import type { IconName } from '@hexhail/ui/components/icon-paths.ts'
import { formatDistance, formatDuration } from '@hexhail/ui/format/measure.ts'
import { locale } from '@hexhail/ui/locale.ts'
import type { DriverModel } from '../model.ts'
import { t } from '../text.ts'

const ICONS = {
  depart: 'arrow-up',
  straight: 'arrow-up',
  'slight-left': 'turn-slight-left',
  left: 'turn-left',
  'sharp-left': 'turn-sharp-left',
  'slight-right': 'turn-slight-right',
  right: 'turn-right',
  'sharp-right': 'turn-sharp-right',
  'u-turn': 'turn-round',
  roundabout: 'roundabout',
  arrive: 'flag',
} as const satisfies Record<StepKind, IconName>

/** What to do next and how far it is there, then what is left of the way: big, for a glance. */
export function NextTurn({ model }: { readonly model: DriverModel }) {
  const ahead = model.ahead.value
  const etaS = model.etaS.value
  const tag = locale.value
  if (!ahead || etaS === null) return <p class="muted">{t('findWay')}</p>
  const { next, inM } = ahead
  const { key, params } = stepText(next)
  return (
    <section class="turn" aria-label={t('direction')}>
      <span class="turn-icon">
        <Icon name={ICONS[next.kind]} size={44} />
        {next.exit !== undefined && (
          <span class="turn-exit" aria-hidden="true">
            {next.exit}
          </span>
        )}
      </span>
      <div class="grow">
        <p class="turn-in">{t('turnIn', { distance: formatDistance(inM, tag) })}</p>
        <p class="turn-onto">{t(key, params)}</p>
      </div>
      <p class="turn-left" data-testid="eta">
        <span class="strong">{formatDuration(etaS, tag)}</span>
        <span>{formatDistance(ahead.leftM, tag)}</span>
      </p>
    </section>
  )
}
