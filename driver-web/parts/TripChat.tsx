import { Button } from '@hexhail/ui/components/Button.tsx'
import { Chat } from '@hexhail/ui/components/Chat.tsx'
import { Chip } from '@hexhail/ui/components/Chip.tsx'
import { Dialog } from '@hexhail/ui/components/Dialog.tsx'
import { useEffect, useState } from 'preact/hooks'
import type { DriverModel } from '../model.ts'
import { t } from '../text.ts'

/** Ready words: nothing to type while driving. */
const READY = ['say1', 'say2', 'say3', 'say4'] as const

/** A button with the number of unread words, and the conversation behind it. */
export function TripChat({ model }: { readonly model: DriverModel }) {
  const [open, setOpen] = useState(false)
  const { trip } = model.client.shift.value
  const lines = trip?.chat.length ?? 0
  useEffect(() => {
    if (open) model.talk.read()
  }, [open, lines])
  if (!trip) return null
  const n = model.talk.unread.value
  const say = (text: string) => void model.act({ type: 'chat', text })
  return (
    <>
      <Button wide icon="chat" testId="chat" onClick={() => setOpen(true)}>
        {t('chat')} {n > 0 && !open && <Chip tone="accent">{t('chatNew', { n })}</Chip>}
      </Button>
      <Dialog open={open} title={t('chat')} onClose={() => setOpen(false)}>
        <Chat
          title={t('chat')}
          lines={trip.chat}
          inputLabel={t('write')}
          sendLabel={t('send')}
          onSend={say}
        />
        <div class="cluster">
          {READY.map(key => (
            <Button key={key} size="small" onClick={() => say(t(key))}>
              {t(key)}
            </Button>
          ))}
        </div>
      </Dialog>
    </>
  )
}
