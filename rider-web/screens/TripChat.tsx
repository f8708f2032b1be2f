import { Chat } from '@hexhail/ui/components/Chat.tsx'
import type { RiderModel } from '../model.ts'
import { t } from '../text.ts'

/** The words with the driver. */
export function TripChat({ model }: { readonly model: RiderModel }) {
  const trip = model.client.trip.value
  if (!trip) return null
  return (
    <Chat
      title={t('chat')}
      lines={trip.chat}
      inputLabel={t('write')}
      sendLabel={t('send')}
      onSend={text => void model.client.dispatch({ type: 'chat', text })}
    />
  )
}
