import type { Finding } from '@hexhail/audit/tariff/finding.ts'
import { TARIFF_UNIT } from '@hexhail/protocol/tariff.ts'
import type { Shape } from '@hexhail/protocol/tariff-shape.ts'
import { Button } from '@hexhail/ui/components/Button.tsx'
import { describedBy, Field } from '@hexhail/ui/components/Field.tsx'
import { Icon } from '@hexhail/ui/components/Icon.tsx'
import { formatMoment } from '@hexhail/ui/format/measure.ts'
import { formatMoney } from '@hexhail/ui/format/money.ts'
import { locale } from '@hexhail/ui/locale.ts'
import { valueAt } from '../put-at.ts'
import type { TariffDesk } from '../tariff-desk.ts'
import { type AuthorityText, t } from '../text.ts'
import { factorText } from './fare-text.ts'
import { blankOf } from './tariff-blank.ts'
import { findingText } from './tariff-finding-text.ts'

/** Properties of every field of the form. */
export interface TariffFieldProps {
  readonly desk: TariffDesk
  readonly shape: Shape
  readonly path: string
}

type ObjectShape = Extract<Shape, { kind: 'object' }>

/** Amounts of money, hundredths. */
const MONEY =
  /(flag|minimum|perKm|perKmBeyond|perMin|amount|waitPerMin|pickup|dropoff|through|perTrip|wavPerKm|most|day|week|discount|cancel\.min|cancel\.max|noShowFee|chargesMost|step)$/
const SHARE = /(multBp|pooledBp|minBp|maxBp)$/
const CLOCK = /(fromMin|toMin)$/
const MOMENT = /(validFrom|validTo|fromS)$/
const WEEK = [1, 2, 3, 4, 5, 6, 7]

/** A field of the form, whatever its shape; objects and lists hold more of them. */
export function TariffField(props: TariffFieldProps) {
  const { desk, shape, path } = props
  switch (shape.kind) {
    case 'object':
      return (
        <fieldset class="field part" id={controlId(path)} tabIndex={-1}>
          <legend class="field-label">{labelOf(path)}</legend>
          <Fields desk={desk} shape={shape} path={path} />
        </fieldset>
      )
    case 'list':
      if (path.endsWith('.days')) return <Days {...props} />
      return shape.of.kind === 'object' ? (
        <Rows {...props} of={shape.of} />
      ) : (
        <Words {...props} of={shape.of} />
      )
    case 'flag':
      return <Flag {...props} />
    case 'oneOf':
      return <OneOf {...props} values={shape.values} />
    default:
      return <Line {...props} />
  }
}

const nameOf = (path: string): string =>
  path
    .split('.')
    .at(-1)!
    .replace(/\[\d+\]$/, '')
/** The label of a field by its name; its place in the form tells the rest. */
const labelOf = (path: string): string => t(`field_${nameOf(path)}` as AuthorityText)
/** Id of a field's control, for jumps from complaints. */
export const controlId = (path: string): string => `tariff-${path}`

function complaint(desk: TariffDesk, path: string): string | undefined {
  const found: Finding | undefined = desk.findings.value.find(each => each.path === path)
  return found && findingText(found)
}

/** All fields of an object. */
function Fields({ desk, shape, path }: TariffFieldProps & { readonly shape: ObjectShape }) {
  return (
    <div class="form">
      {Object.entries(shape.fields).map(([name, field]) => (
        <TariffField key={name} desk={desk} shape={field} path={`${path}.${name}`} />
      ))}
    </div>
  )
}

/** A number or a text on one line, with what it comes to beneath. */
function Line({ desk, shape, path }: TariffFieldProps) {
  const value = valueAt(desk.draft.value, path)
  const id = controlId(path)
  const hint = hintOf(desk, path, value)
  const error = complaint(desk, path)
  const isMoment = MOMENT.test(path)
  const put = (text: string): void => {
    if (isMoment) desk.put(path, text === '' ? 0 : Math.floor(Date.parse(text) / 1_000))
    else desk.put(path, shape.kind === 'int' && /^-?\d{1,15}$/.test(text) ? Number(text) : text)
  }
  return (
    <Field id={id} label={labelOf(path)} hint={hint} error={error}>
      <div class="input-wrap">
        <input
          class="input"
          id={id}
          type={(isMoment ? 'datetime-local' : 'text') as 'text'}
          inputMode={shape.kind === 'int' ? 'numeric' : 'text'}
          autocomplete="off"
          value={isMoment ? momentText(value) : String(value ?? '')}
          aria-invalid={error ? 'true' : undefined}
          aria-describedby={describedBy(id, hint, error)}
          onInput={event => put(event.currentTarget.value)}
        />
      </div>
    </Field>
  )
}

function hintOf(desk: TariffDesk, path: string, value: unknown): string | undefined {
  if (typeof value !== 'number') return undefined
  if (MONEY.test(path)) {
    const currency = String(valueAt(desk.draft.value, 'currency'))
    return formatMoney(BigInt(Math.trunc(value)) * TARIFF_UNIT, locale.value, { currency })
  }
  if (SHARE.test(path)) return factorText(value)
  if (CLOCK.test(path)) return `${two(Math.floor(value / 60))}:${two(value % 60)}`
  if (MOMENT.test(path)) {
    if (value !== 0) return formatMoment(value * 1_000, locale.value)
    return path === 'validTo' ? t('fieldNoEnd') : undefined
  }
  return undefined
}

const two = (n: number): string => String(n).padStart(2, '0')
/** A moment as `datetime-local` takes it, by this device's clock. */
function momentText(value: unknown): string {
  if (typeof value !== 'number' || value === 0) return ''
  const at = new Date(value * 1_000)
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`
}

function OneOf({ desk, path, values }: TariffFieldProps & { readonly values: readonly string[] }) {
  const id = controlId(path)
  const error = complaint(desk, path)
  return (
    <Field id={id} label={labelOf(path)} error={error}>
      <div class="input-wrap select-wrap">
        <select
          class="input select"
          id={id}
          value={String(valueAt(desk.draft.value, path))}
          aria-describedby={describedBy(id, undefined, error)}
          onChange={event => desk.put(path, event.currentTarget.value)}
        >
          {values.map(value => (
            <option key={value} value={value}>
              {t(`choice_${value}` as AuthorityText)}
            </option>
          ))}
        </select>
        <Icon name="chevron-down" />
      </div>
    </Field>
  )
}

function Flag({ desk, path }: TariffFieldProps) {
  const checked = valueAt(desk.draft.value, path) === true
  return (
    <label class="tick" for={controlId(path)}>
      <input
        id={controlId(path)}
        type="checkbox"
        checked={checked}
        onChange={event => desk.put(path, event.currentTarget.checked)}
      />
      {labelOf(path)}
    </label>
  )
}

/** Days of the week to tick. */
function Days({ desk, path }: TariffFieldProps) {
  const days = (valueAt(desk.draft.value, path) ?? []) as readonly number[]
  const name = (day: number) =>
    new Intl.DateTimeFormat(locale.value, { weekday: 'short', timeZone: 'UTC' }).format(
      Date.UTC(2024, 0, day),
    )
  return (
    <fieldset class="field">
      <legend class="field-label">{labelOf(path)}</legend>
      <div class="ticks">
        {WEEK.map(day => (
          <label class="tick" key={day}>
            <input
              type="checkbox"
              checked={days.includes(day)}
              onChange={event =>
                desk.put(
                  path,
                  event.currentTarget.checked ? [...days, day].sort() : days.filter(d => d !== day),
                )
              }
            />
            {name(day)}
          </label>
        ))}
      </div>
    </fieldset>
  )
}

/** A list of words or numbers on one line, with spaces between. */
function Words({ desk, path }: TariffFieldProps & { readonly of: Shape }) {
  const id = controlId(path)
  const words = (valueAt(desk.draft.value, path) ?? []) as readonly string[]
  const error = complaint(desk, path) ?? firstWithin(desk, path)
  return (
    <Field id={id} label={labelOf(path)} hint={t('fieldWords', { n: words.length })} error={error}>
      <textarea
        class="input"
        id={id}
        rows={words.length > 4 ? 3 : 1}
        value={words.join(' ')}
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={describedBy(id, '', error)}
        onChange={event =>
          desk.put(
            path,
            event.currentTarget.value.split(/[\s,;]+/).filter(word => word !== ''),
          )
        }
      />
    </Field>
  )
}

function firstWithin(desk: TariffDesk, path: string): string | undefined {
  const found = desk.findings.value.find(each => each.path.startsWith(`${path}[`))
  return found && findingText(found)
}

/** A list of things, each to open, to fill in and to remove. */
function Rows({ desk, path, of }: TariffFieldProps & { readonly of: ObjectShape }) {
  const rows = (valueAt(desk.draft.value, path) ?? []) as readonly Readonly<Record<string, unknown>>[]
  const what = labelOf(path)
  return (
    <fieldset class="field entries" id={controlId(path)} tabIndex={-1}>
      <legend class="field-label">{what}</legend>
      {rows.map((row, i) => {
        const at = `${path}[${i}]`
        const name = String(row.name ?? row.id ?? i + 1)
        return (
          <details key={i} class="entry" open={rows.length === 1}>
            <summary class="fold">{name}</summary>
            <Fields desk={desk} shape={of} path={at} />
            <Button
              kind="danger"
              size="small"
              label={`${t('rowRemove')}: ${name}`}
              onClick={() => desk.put(at, undefined)}
            >
              {t('rowRemove')}
            </Button>
          </details>
        )
      })}
      <Button
        size="small"
        icon="plus"
        label={`${t('rowAdd')}: ${what}`}
        onClick={() => desk.put(`${path}[${rows.length}]`, blankOf(of))}
      >
        {t('rowAdd')}
      </Button>
    </fieldset>
  )
}
