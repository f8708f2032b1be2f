import type { FoundPlace } from '@hexhail/streets/city-client.ts'
import { Button } from '@hexhail/ui/components/Button.tsx'
import { Combobox } from '@hexhail/ui/components/Combobox.tsx'
import { useEffect, useState } from 'preact/hooks'
import type { RiderModel } from '../model.ts'
import { t } from '../text.ts'
import { Problem } from './Problem.tsx'

/** The wish for another destination while riding: searched by words, then asked of the driver. */
export function ChangeDestination({ model }: { readonly model: RiderModel }) {
  const [open, setOpen] = useState(false)
  const [text, setText] = useState('')
  const [found, setFound] = useState<readonly FoundPlace[]>([])
  useEffect(() => {
    let gone = false
    if (text.trim().length < 2) return setFound([])
    void model.find(text, model.client.trip.value?.plan.dest).then(places => {
      if (!gone) setFound(places)
    })
    return () => {
      gone = true
    }
  }, [text])
  if (!open) {
    return (
      <Button kind="quiet" icon="edit" testId="change-destination" onClick={() => setOpen(true)}>
        {t('changeDest')}
      </Button>
    )
  }
  return (
    <div class="stack-tight">
      <Combobox
        label={t('changeDest')}
        value={text}
        onValue={setText}
        options={found.map((place, i) => ({
          id: String(i),
          label: place.title,
          detail: place.detail,
          place,
        }))}
        onChoose={({ place }) => {
          setOpen(false)
          setText('')
          void model.changeTo(place.at, place.title)
        }}
        placeholder={t('search')}
        icon="search"
        autoFocus
      />
      <Problem model={model} />
      <Button kind="quiet" onClick={() => setOpen(false)}>
        {t('back')}
      </Button>
    </div>
  )
}
