import { fromBase64url } from '@hexhail/permits/base64url.ts'
import { PROPULSIONS } from '@hexhail/permits/vct.ts'
import { Button } from '@hexhail/ui/components/Button.tsx'
import { Portrait } from '@hexhail/ui/components/Portrait.tsx'
import { Select } from '@hexhail/ui/components/Select.tsx'
import { TextField } from '@hexhail/ui/components/TextField.tsx'
import { useEffect, useId, useMemo, useRef, useState } from 'preact/hooks'
import { applicationOf, faultsOf, type Papers, papersFrom } from '../application-form.ts'
import type { DriverModel } from '../model.ts'
import { portraitOf } from '../portrait.ts'
import { t } from '../text.ts'

/** What the authority asks for; sealed to it when it is sent. */
export function ApplicationForm({ model, demo }: { readonly model: DriverModel; readonly demo: boolean }) {
  const { permits, deeds } = model
  const profile = model.profile.value
  const [papers, setPapers] = useState<Papers>(() => papersFrom(profile, demo, model.clock.value))
  const [asked, setAsked] = useState(0)
  const [noPicture, setNoPicture] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const photoId = useId()
  useEffect(() => {
    if (asked) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [asked])
  const put = (change: Partial<Papers>) => setPapers({ ...papers, ...change })
  const faults = faultsOf(papers, model.clock.value)
  const lack = (key: keyof Papers) =>
    asked && faults.has(key)
      ? t(key === 'inspection' || key === 'insurance' ? 'dayOver' : 'fillIn')
      : undefined
  const field = (key: 'licence' | 'make' | 'model' | 'colour' | 'inspection' | 'insurance', most: number) => (
    <TextField
      label={t(`paper_${key}`)}
      name={key}
      type={key === 'inspection' || key === 'insurance' ? 'date' : 'text'}
      value={papers[key]}
      maxLength={most}
      onValue={value => put({ [key]: value })}
      error={lack(key)}
    />
  )
  const face = useMemo(() => fromBase64url(papers.photo) ?? new Uint8Array(), [papers.photo])
  return (
    <form
      class="stack"
      ref={form}
      noValidate
      onSubmit={event => {
        event.preventDefault()
        setAsked(asked + 1)
        if (faults.size === 0) void deeds.run('permit', () => permits.apply(applicationOf(profile, papers)))
      }}
    >
      <h2>{t('papersTitle')}</h2>
      <p class="muted small">{t('papersWhy')}</p>
      <div class="row">
        {face.length > 0 && <Portrait bytes={face} alt={t('photoYours')} />}
        <label class="button file" for={photoId}>
          <span>{t(face.length ? 'photoOther' : 'photoAdd')}</span>
          <input
            id={photoId}
            type="file"
            accept="image/*"
            onChange={event => {
              const file = event.currentTarget.files?.[0]
              event.currentTarget.value = ''
              if (!file) return
              void portraitOf(file).then(photo => {
                setNoPicture(photo === null)
                if (photo !== null) put({ photo })
              })
            }}
          />
        </label>
      </div>
      <p class="muted small" role="status">
        {noPicture ? t('photoNone') : t('photoWhy')}
      </p>
      {field('licence', 40)}
      {field('make', 24)}
      {field('model', 24)}
      {field('colour', 24)}
      <Select
        label={t('propulsion')}
        value={papers.propulsion}
        options={PROPULSIONS.map(value => ({ value, label: t(`propulsion_${value}`) }))}
        onValue={propulsion => put({ propulsion })}
      />
      {field('inspection', 10)}
      {field('insurance', 10)}
      <Button kind="primary" type="submit" wide testId="permit-apply" busy={deeds.busy.value === 'permit'}>
        {t('permitAsk')}
      </Button>
    </form>
  )
}
