import { fareLines, fareOf, levyOf, type Tariff } from '@hexhail/protocol/tariff.ts'
import { Card } from '@hexhail/ui/components/Card.tsx'
import { FareTable } from '@hexhail/ui/components/FareTable.tsx'
import { Money } from '@hexhail/ui/components/Money.tsx'
import { Slider } from '@hexhail/ui/components/Slider.tsx'
import { useState } from 'preact/hooks'
import { t } from '../text.ts'
import { exactKm, factorText, lineTexts } from './fare-text.ts'

/** A fare to try a tariff with. */
export function TariffExample({ tariff }: { readonly tariff: Tariff }) {
  const [metres, setMetres] = useState(5_200)
  const [minutes, setMinutes] = useState(14)
  const [bp, setBp] = useState(10_000)
  const secs = minutes * 60
  const fare = fareOf(tariff, metres, secs, bp)
  const about = { metres, secs, bp, waitSecs: 0, isVested: false }
  return (
    <Card label={t('example')}>
      <h2>{t('example')}</h2>
      <Slider
        label={t('exampleKm')}
        value={metres}
        min={200}
        max={30_000}
        step={100}
        onValue={setMetres}
        format={exactKm}
      />
      <Slider
        label={t('exampleMin')}
        value={minutes}
        min={1}
        max={90}
        onValue={setMinutes}
        format={value => `${value} min`}
      />
      <Slider
        label={t('exampleFactor')}
        value={bp}
        min={tariff.minBp}
        max={tariff.maxBp}
        step={100}
        onValue={setBp}
        format={factorText}
      />
      <FareTable lines={lineTexts(tariff, fareLines(tariff, metres, secs, bp), about)} total={fare} exact />
      <dl class="against">
        <dt>{t('exampleLevy')}</dt>
        <dd>
          <Money amount={levyOf(tariff, fare)} exact />
        </dd>
      </dl>
    </Card>
  )
}
