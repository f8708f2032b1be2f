import { Button } from '@hexhail/ui/components/Button.tsx'
import { Stepper } from '@hexhail/ui/components/Stepper.tsx'
import { Switch } from '@hexhail/ui/components/Switch.tsx'
import { TextField } from '@hexhail/ui/components/TextField.tsx'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { DriverModel } from '../model.ts'
import { Problem } from '../parts/Problem.tsx'
import { isComplete, NEEDS, type Profile, tidyProfile } from '../profile.ts'
import { t } from '../text.ts'

/** Who drives, in what. */
export function ProfilePage({ model, onDone }: { readonly model: DriverModel; readonly onDone: () => void }) {
  const [draft, setDraft] = useState<Profile>(model.profile.value)
  const [asked, setAsked] = useState(false)
  const [tries, setTries] = useState(0)
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (tries) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [tries])
  const put = (change: Partial<Profile>) => setDraft({ ...draft, ...change })
  const lack = (text: string) => (asked && text.trim() === '' ? t('fillIn') : undefined)
  const save = async () => {
    setAsked(true)
    if (!isComplete(tidyProfile(draft))) return setTries(tries + 1)
    if (await model.saveProfile(draft)) onDone()
  }
  return (
    <form
      class="stack"
      ref={form}
      onSubmit={event => {
        event.preventDefault()
        void save()
      }}
    >
      <h1>{t('profileTitle')}</h1>
      <p class="muted small">{t('profileWhy')}</p>
      <TextField
        label={t('name')}
        name="name"
        value={draft.name}
        onValue={name => put({ name })}
        autocomplete="given-name"
        maxLength={32}
        error={lack(draft.name)}
      />
      <TextField
        label={t('carText')}
        name="car"
        value={draft.text}
        onValue={text => put({ text })}
        hint={t('carHint')}
        maxLength={48}
        error={lack(draft.text)}
      />
      <TextField
        label={t('plate')}
        name="plate"
        value={draft.plate}
        onValue={plate => put({ plate })}
        maxLength={16}
        error={lack(draft.plate)}
      />
      <Stepper label={t('seats')} value={draft.seats} min={1} max={8} onValue={seats => put({ seats })} />
      <fieldset class="stack-tight">
        <legend class="field-label">{t('needs')}</legend>
        {NEEDS.map(({ bit, key }) => (
          <Switch
            key={key}
            label={t(key)}
            checked={(draft.needs & bit) !== 0}
            onChecked={on => put({ needs: on ? draft.needs | bit : draft.needs & ~bit })}
          />
        ))}
      </fieldset>
      <Problem model={model} />
      <Button
        kind="primary"
        type="submit"
        wide
        testId="profile-save"
        busy={model.deeds.busy.value === 'profile'}
      >
        {t('save')}
      </Button>
      {model.ready.value && (
        <Button wide onClick={onDone}>
          {t('later')}
        </Button>
      )}
    </form>
  )
}
