import { Button } from '@hexhail/ui/components/Button.tsx'
import { Card } from '@hexhail/ui/components/Card.tsx'
import { Icon } from '@hexhail/ui/components/Icon.tsx'
import { LinkButton } from '@hexhail/ui/components/LinkButton.tsx'
import { TextField } from '@hexhail/ui/components/TextField.tsx'
import { toast } from '@hexhail/ui/components/toasts.ts'
import { useId, useState } from 'preact/hooks'
import type { AuthorityModel, KeyFault } from '../model.ts'
import { FAULT_TEXT } from '../take-key.ts'
import { t } from '../text.ts'

/** Takes the audit key in, by pasting it or from a file. */
export function KeyGate({ model, onDone }: { readonly model: AuthorityModel; readonly onDone: () => void }) {
  const [text, setText] = useState('')
  const [fault, setFault] = useState<KeyFault | null>(null)
  const [busy, setBusy] = useState(false)
  const fileId = useId()
  const use = async (key: string): Promise<void> => {
    setBusy(true)
    const found = await model.importKey(key)
    setBusy(false)
    setFault(found)
    if (found === 'storage') toast(t('keyStorage'))
    if (found === null || found === 'storage') {
      setText('')
      onDone()
    }
  }
  return (
    <div class="gate">
      <Card label={t('keyTitle')}>
        <span class="gate-mark">
          <Icon name="key" size={36} />
        </span>
        <h1>{t('keyTitle')}</h1>
        <p class="muted">{t('keyWhy')}</p>
        <form
          class="stack"
          onSubmit={event => {
            event.preventDefault()
            void use(text)
          }}
        >
          <TextField
            label={t('keyField')}
            value={text}
            type="password"
            hint={t('keyHint')}
            error={fault && t(FAULT_TEXT[fault])}
            onValue={value => {
              setText(value)
              setFault(null)
            }}
          />
          <Button kind="primary" type="submit" wide busy={busy} disabled={text.trim() === ''}>
            {t('keyUse')}
          </Button>
        </form>
        <label class="button file" for={fileId}>
          <Icon name="download" size={20} />
          <span>{t('keyFile')}</span>
          <input
            id={fileId}
            type="file"
            onChange={event => {
              const file = event.currentTarget.files?.[0]
              event.currentTarget.value = ''
              if (file) void file.slice(0, 1_000).text().then(use)
            }}
          />
        </label>
        <LinkButton kind="quiet" href="#/overview">
          {t('keySkip')}
        </LinkButton>
      </Card>
    </div>
  )
}
