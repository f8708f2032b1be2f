import type { ConcessionClaim } from '@hexhail/permits/concession-claim.ts'
import { Banner } from '@hexhail/ui/components/Banner.tsx'
import { Button } from '@hexhail/ui/components/Button.tsx'
import { Select } from '@hexhail/ui/components/Select.tsx'
import { TextField } from '@hexhail/ui/components/TextField.tsx'
import { locale } from '@hexhail/ui/locale.ts'
import { useEffect, useId, useState } from 'preact/hooks'
import { evidencePicture } from '../evidence-picture.ts'
import type { RiderModel } from '../model.ts'
import { t } from '../text.ts'

/** The reduced fare: how many rides are left and until when, how the claim stands, and the form to claim one. */
export function ReducedFare({ model }: { readonly model: RiderModel }) {
  const { reduced } = model
  useEffect(() => void reduced.refresh().catch(() => undefined), [reduced])
  if (reduced.classes.length === 0) return null
  const standing = reduced.standing.value
  const held = reduced.held.value
  return (
    <section class="stack-tight" aria-label={t('reducedFare')} data-testid="reduced-fare">
      <h2>{t('reducedFare')}</h2>
      {held && (
        <p data-testid="reduced-left">
          {t(`concession_${held.category}`)} ·{' '}
          {t('reducedLeft', { n: held.left, day: lastDayOf(held.untilS) })}
        </p>
      )}
      {standing && !(standing.state === 'granted' && held) && (
        <Banner tone={standing.state === 'granted' || standing.state === 'waiting' ? 'info' : 'warn'}>
          <span data-testid="reduced-state">{t(`reduced_${standing.state}`)}</span>
        </Banner>
      )}
      {(!standing || standing.state === 'refused' || standing.state === 'revoked') && <Claim model={model} />}
      <p class="muted small">{t('reducedWhy')}</p>
    </section>
  )
}

const lastDayOf = (untilS: number): string =>
  new Intl.DateTimeFormat(locale.value, { dateStyle: 'long', timeZone: 'UTC' }).format((untilS - 1) * 1_000)

/** What shows the right to a class; sealed to the office when it is sent. */
function Claim({ model }: { readonly model: RiderModel }) {
  const { reduced, busy } = model
  const [claim, setClaim] = useState<ConcessionClaim>({
    ...{ category: reduced.classes[0]!, name: '', evidence: '', picture: '' },
  })
  const [isAsked, setAsked] = useState(false)
  const [isBad, setBad] = useState(false)
  const pictureId = useId()
  const put = (change: Partial<ConcessionClaim>) => setClaim({ ...claim, ...change })
  const lack = (text: string) => (isAsked && text.trim() === '' ? t('reducedFill') : undefined)
  return (
    <form
      class="stack-tight"
      noValidate
      onSubmit={event => {
        event.preventDefault()
        setAsked(true)
        if (claim.name.trim() && claim.evidence.trim()) void model.claim(claim)
      }}
    >
      <Select
        label={t('reducedClass')}
        value={claim.category}
        options={reduced.classes.map(value => ({ value, label: t(`concession_${value}`) }))}
        onValue={category => put({ category })}
      />
      <TextField
        label={t('reducedName')}
        name="claim-name"
        value={claim.name}
        maxLength={32}
        onValue={name => put({ name })}
        error={lack(claim.name)}
      />
      <TextField
        label={t('reducedEvidence')}
        name="claim-evidence"
        value={claim.evidence}
        maxLength={120}
        onValue={evidence => put({ evidence })}
        error={lack(claim.evidence)}
      />
      <label class="button file" for={pictureId}>
        <span>{t(claim.picture ? 'reducedPictureHere' : 'reducedPicture')}</span>
        <input
          id={pictureId}
          type="file"
          accept="image/*"
          onChange={event => {
            const file = event.currentTarget.files?.[0]
            event.currentTarget.value = ''
            if (!file) return
            void evidencePicture(file).then(picture => {
              setBad(picture === null)
              if (picture !== null) put({ picture })
            })
          }}
        />
      </label>
      {isBad && (
        <p class="small" role="status">
          {t('reducedNoPicture')}
        </p>
      )}
      <Button type="submit" wide testId="reduced-apply" busy={busy.value === 'claim'}>
        {t('reducedAsk')}
      </Button>
    </form>
  )
}
