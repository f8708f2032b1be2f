import { Icon } from '@hexhail/ui/components/Icon.tsx'
import { formatDistance, formatDuration } from '@hexhail/ui/format/measure.ts'
import { locale } from '@hexhail/ui/locale.ts'
import type { DriverModel } from '../model.ts'
import { t } from '../text.ts'

const ICONS = { left: 'turn-left', right: 'turn-right', ahead: 'arrow-up' } as const

/** The next street and how far it is, then what is left of the way: big, for a glance. */
export function NextTurn({ model }: { readonly model: DriverModel }) {
  const ahead = model.ahead.value
  const etaS = model.etaS.value
  const tag = locale.value
  if (!ahead || etaS === null) return <p class="muted">{t('findWay')}</p>
  const { turn, on } = ahead
  return (
    <section class="turn" aria-label={t('direction')}>
      <Icon name={ICONS[turn?.side ?? 'ahead']} size={44} />
      <div class="grow">
        {turn && <p class="turn-in">{t('turnIn', { distance: formatDistance(turn.inM, tag) })}</p>}
        <p class="turn-onto">{turn ? turn.onto : on ? t('stayOn', { street: on }) : t('lastStretch')}</p>
      </div>
      <p class="turn-left" data-testid="eta">
        <span class="strong">{formatDuration(etaS, tag)}</span>
        <span>{formatDistance(ahead.leftM, tag)}</span>
      </p>
    </section>
  )
}
