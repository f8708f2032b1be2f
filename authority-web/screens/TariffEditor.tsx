import type { AuditRow } from '@hexhail/audit/settled.ts'
import { TARIFF_SHAPE } from '@hexhail/protocol/tariff-document.ts'
import { Button } from '@hexhail/ui/components/Button.tsx'
import { Card } from '@hexhail/ui/components/Card.tsx'
import { EmptyState } from '@hexhail/ui/components/EmptyState.tsx'
import { Icon } from '@hexhail/ui/components/Icon.tsx'
import { saveText } from '@hexhail/ui/save-text.ts'
import { useState } from 'preact/hooks'
import { TariffChanges } from '../parts/TariffChanges.tsx'
import { controlId, TariffField } from '../parts/TariffField.tsx'
import { TariffOutcome } from '../parts/TariffOutcome.tsx'
import { TariffSign } from '../parts/TariffSign.tsx'
import { TariffStart } from '../parts/TariffStart.tsx'
import { TariffTrial } from '../parts/TariffTrial.tsx'
import type { CityMap } from '../parts/TripMap.tsx'
import { findingText } from '../parts/tariff-finding-text.ts'
import { ZonePencil } from '../parts/ZonePencil.tsx'
import type { TariffDesk } from '../tariff-desk.ts'
import { type AuthorityText, t } from '../text.ts'

type Field = keyof typeof TARIFF_SHAPE.fields

/** The form, part by part. */
const PARTS: readonly (readonly [title: AuthorityText, fields: readonly Field[]])[] = [
  [
    'partHead',
    [
      'title',
      'jurisdiction',
      'id',
      'version',
      'prev',
      'validFrom',
      'validTo',
      'currency',
      'clock',
      'holidays',
    ],
  ],
  ['partMeter', ['meter', 'classes', 'rounding']],
  ['partPeriods', ['periods']],
  ['partZones', ['zones']],
  ['partCharges', ['levies', 'tolls', 'chargesMost', 'access']],
  ['partFactor', ['upfront']],
  ['partDrivers', ['wage', 'hours', 'needsPermit']],
  ['partRiders', ['concessions', 'caps', 'transfers']],
  ['partCancel', ['cancel']],
]

/** The draft of a tariff: form with live lint, examples, diff, simulation, signing. */
export function TariffEditor({
  desk,
  rows,
  city,
}: {
  readonly desk: TariffDesk
  readonly rows: readonly AuditRow[]
  readonly city: CityMap
}) {
  const doc = desk.document.value
  return (
    <div class="stack">
      <a class="back" href="#/tariff">
        <Icon name="chevron-left" size={20} />
        {t('editBack')}
      </a>
      <h1>{t('editTitle')}</h1>
      <p class="muted">{t('editWhy')}</p>
      <TariffStart desk={desk} />
      {desk.draft.value === null ? (
        <EmptyState icon="edit" title={t('editNone')}>
          {t('editNoneText')}
        </EmptyState>
      ) : (
        <div class="split">
          <div class="stack">
            {PARTS.map(([title, fields], i) => (
              <details class="card" data-tone="line" key={title} open={i === 0}>
                <summary class="fold">
                  <h2>{t(title)}</h2>
                </summary>
                <div class="form">
                  {fields.map(name => (
                    <TariffField key={name} desk={desk} shape={TARIFF_SHAPE.fields[name]} path={name} />
                  ))}
                </div>
                {title === 'partZones' && <Pencils desk={desk} city={city} />}
              </details>
            ))}
          </div>
          <div class="stack">
            <Complaints desk={desk} />
            {doc && <TariffTrial doc={doc} />}
            <TariffChanges desk={desk} />
            <TariffOutcome desk={desk} rows={rows} />
            <Card>
              <Button
                icon="download"
                onClick={() =>
                  saveText(
                    'tariff.json',
                    'application/json',
                    `${JSON.stringify(desk.draft.value, null, 2)}\n`,
                  )
                }
              >
                {t('editSave')}
              </Button>
              <Button kind="danger" onClick={desk.drop}>
                {t('editDrop')}
              </Button>
            </Card>
            <TariffSign desk={desk} />
          </div>
        </div>
      )}
    </div>
  )
}

/** One map at a time, for the zone that is chosen. */
function Pencils({ desk, city }: { readonly desk: TariffDesk; readonly city: CityMap }) {
  const [chosen, setChosen] = useState(-1)
  const doc = desk.document.value
  if (!doc) return null
  return (
    <>
      {doc.zones.map((zone, i) => (
        <Button
          key={zone.id}
          icon="map"
          size="small"
          pressed={chosen === i}
          onClick={() => setChosen(chosen === i ? -1 : i)}
        >
          {t('zoneDraw', { name: zone.name })}
        </Button>
      ))}
      {doc.zones[chosen] && <ZonePencil key={chosen} desk={desk} doc={doc} index={chosen} city={city} />}
    </>
  )
}

/** What lint says, each with a way to its field. */
function Complaints({ desk }: { readonly desk: TariffDesk }) {
  const found = desk.findings.value
  const go = (path: string): void => {
    let control: HTMLElement | null = null
    for (let at = path; control === null && at !== ''; at = at.replace(/(\.[^.[]+|\[\d+\]|^[^.[]+)$/, ''))
      control = document.getElementById(controlId(at))
    for (let box = control?.closest('details'); box; box = box.parentElement?.closest('details'))
      box.open = true
    control?.scrollIntoView({ block: 'center' })
    control?.focus()
  }
  return (
    <Card label={t('lintTitle')}>
      <h2>{t('lintTitle')}</h2>
      <div aria-live="polite" class="stack-tight">
        {found.length === 0 && <p>{t('lintNone')}</p>}
        {found.slice(0, 20).map(each => (
          <button
            class="complaint"
            type="button"
            data-level={each.level}
            key={each.path + each.code}
            onClick={() => go(each.path)}
          >
            <Icon name="warning" size={20} />
            <span>
              <strong>{t(each.level === 'error' ? 'lintError' : 'lintWarning')}</strong>{' '}
              <code>{each.path}</code>
              <br />
              {findingText(each)}
            </span>
          </button>
        ))}
      </div>
    </Card>
  )
}
