import type { FoundPlace } from '@hexhail/streets/city-client.ts'
import { Button } from '@hexhail/ui/components/Button.tsx'
import { Combobox } from '@hexhail/ui/components/Combobox.tsx'
import type { IconName } from '@hexhail/ui/components/icon-paths.ts'
import { useEffect, useState } from 'preact/hooks'
import type { End } from '../model.ts'
import { RidePanel } from '../Panel.tsx'
import { t } from '../text.ts'
import { Problem } from './Problem.tsx'
import type { ScreenProps } from './Screen.tsx'

/** Picks one end of the ride: by words, by the map, or where the device is. */
export function PlaceSearch({ end, model, world, map }: ScreenProps & { readonly end: End }) {
  const [text, setText] = useState('')
  const [found, setFound] = useState<readonly FoundPlace[]>([])
  useEffect(() => {
    let gone = false
    if (text.trim().length < 2) return setFound([])
    model.find(text, model.pickup.value?.at ?? world.cityInfo.centre).then(places => {
      if (!gone) setFound(places)
    })
    return () => {
      gone = true
    }
  }, [text])
  const put = async (at: FoundPlace['at'], name?: string) => {
    setText('')
    await model.put(end, at, name)
    model.editing.value = null
  }
  const label = end === 'pickup' ? t('from') : t('to')
  const options = found.map((place, i) => ({
    id: String(i),
    label: place.title,
    detail: place.detail,
    icon: (place.kind === 'stop' ? 'bus' : place.kind === 'address' ? 'home' : 'pin') as IconName,
    place,
  }))
  return (
    <RidePanel key={end} label={label} map={map} title={end === 'pickup' ? t('from') : t('where')}>
      <div class="stack">
        <Combobox
          key={end}
          label={label}
          value={text}
          onValue={setText}
          options={options}
          onChoose={({ place }) => void put(place.at, place.title)}
          placeholder={t('search')}
          icon="search"
          hideLabel
        />
        <p class="muted">{t('tapMap')}</p>
        <div class="cluster">
          <Button
            size="small"
            icon="pin"
            testId="use-centre"
            onClick={() => map.value && void put(map.value.centre())}
          >
            {t('useCentre')}
          </Button>
          {end === 'pickup' && 'geolocation' in navigator && (
            <Button
              size="small"
              icon="locate"
              onClick={() =>
                navigator.geolocation.getCurrentPosition(
                  ({ coords }) => void put([coords.longitude, coords.latitude]),
                )
              }
            >
              {t('myPlace')}
            </Button>
          )}
          {model.editing.value && (
            <Button size="small" kind="quiet" onClick={() => (model.editing.value = null)}>
              {t('back')}
            </Button>
          )}
        </div>
        <Problem model={model} />
      </div>
    </RidePanel>
  )
}
