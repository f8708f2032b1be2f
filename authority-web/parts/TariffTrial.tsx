import { tariffTime } from '@hexhail/protocol/tariff-clock.ts'
import type { TariffDocument } from '@hexhail/protocol/tariff-document.ts'
import { type MeterLine, meter } from '@hexhail/protocol/tariff-meter.ts'
import { Card } from '@hexhail/ui/components/Card.tsx'
import { FareTable } from '@hexhail/ui/components/FareTable.tsx'
import { Money } from '@hexhail/ui/components/Money.tsx'
import { Select } from '@hexhail/ui/components/Select.tsx'
import { Slider } from '@hexhail/ui/components/Slider.tsx'
import { useState } from 'preact/hooks'
import { type AuthorityText, t } from '../text.ts'
import { exactKm } from './fare-text.ts'

const LABEL: Readonly<Record<MeterLine['key'], AuthorityText>> = {
  base: 'lineBase',
  distance: 'lineDistance',
  time: 'lineTime',
  units: 'meterUnits',
  minimum: 'lineMinimum',
  factor: 'lineFactor',
  rounding: 'lineRounding',
  transfer: 'meterTransfer',
  concession: 'meterConcession',
  cap: 'meterCap',
  wait: 'lineWait',
  zone: 'meterZone',
  toll: 'meterToll',
  levy: 'meterLevy',
  access: 'meterAccess',
  most: 'meterMost',
}

/** A ride to try a draft with: the lines that riders, drivers and auditors will see. */
export function TariffTrial({ doc }: { readonly doc: TariffDocument }) {
  const [metres, setMetres] = useState(5_200)
  const [minutes, setMinutes] = useState(14)
  const [hour, setHour] = useState(12)
  const [chosen, setChosen] = useState(doc.classes[0]?.id ?? '')
  const of = doc.classes.find(each => each.id === chosen) ?? doc.classes[0]
  if (!of) return null
  const midnight = doc.validFrom - tariffTime(doc, doc.validFrom).minute * 60
  const segments = [{ metres, secs: minutes * 60 }]
  const metered = meter(doc, { class: of.id, startedAtS: midnight + hour * 3_600, segments, waitS: 0 })
  const lines = metered.lines.map(({ key, id, amount }) => ({ label: t(LABEL[key], { id }), amount }))
  const levy = metered.shares.reduce((all, share) => all + share.amount, 0n)
  return (
    <Card label={t('trialTitle')}>
      <h2>{t('trialTitle')}</h2>
      {doc.classes.length > 1 && (
        <Select
          label={t('trialClass')}
          value={of.id}
          options={doc.classes.map(({ id, name }) => ({ value: id, label: name }))}
          onValue={setChosen}
        />
      )}
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
        label={t('trialHour')}
        value={hour}
        min={0}
        max={23}
        onValue={setHour}
        format={value => `${value}:00`}
      />
      <FareTable lines={lines} total={metered.total} currency={doc.currency} exact />
      <dl class="against">
        <dt>{t('trialShare')}</dt>
        <dd>
          <Money amount={levy} currency={doc.currency} exact />
        </dd>
      </dl>
    </Card>
  )
}
