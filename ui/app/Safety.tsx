import type { World } from '@hexhail/client/browser-world.ts'
import type { LngLat } from '@hexhail/protocol/geo.ts'
import { useEffect, useState } from 'preact/hooks'
import { Button } from '../components/Button.tsx'
import { Dialog } from '../components/Dialog.tsx'
import { IconButton } from '../components/IconButton.tsx'
import { LinkButton } from '../components/LinkButton.tsx'
import { ListRow } from '../components/ListRow.tsx'
import { toast } from '../components/toasts.ts'
import { emergencyNumber } from '../emergency-number.ts'
import { ui } from '../ui-text.ts'

/** Properties of `Safety`. */
export interface SafetyProps {
  readonly world: World
  readonly plate: string
  readonly car: string
  /** First name of the other person. */
  readonly person: string
  /** Where the car is. */
  readonly at: LngLat
  /** What a tap on «share» hands to another app; nothing is shared where it is null. */
  readonly share: string | null
}

/** In the corner of a page while a ride is on: the call for help with what to say, and the word to somebody at home. */
export function Safety({ world, plate, car, person, at, share }: SafetyProps) {
  const [open, setOpen] = useState(false)
  const number = emergencyNumber(world.config)
  return (
    <>
      <IconButton
        icon="sos"
        kind="alarm"
        label={ui('safety')}
        testId="safety"
        onClick={() => setOpen(true)}
      />
      <Dialog open={open} title={ui('safety')} onClose={() => setOpen(false)}>
        <div class="stack">
          <LinkButton kind="alarm" wide icon="phone" href={`tel:${number}`}>
            {ui('callHelp', { number })}
          </LinkButton>
          <p class="strong">{ui('sayThis')}</p>
          <ul class="list">
            <li>
              <ListRow icon="pin" title={<PlaceName world={world} at={at} />} detail={decimal(at)} />
            </li>
            <li>
              <ListRow icon="car" title={<span class="plate">{plate}</span>} detail={car} />
            </li>
            <li>
              <ListRow icon="user" title={person} />
            </li>
          </ul>
          {share !== null && (
            <>
              <p class="strong">{ui('shareTitle')}</p>
              <blockquote class="quote" data-testid="share-text">
                {share}
              </blockquote>
              <Button wide icon="share" testId="share" onClick={() => void hand(share)}>
                {ui('share')}
              </Button>
              <p class="small muted">{ui('shareNote')}</p>
            </>
          )}
        </div>
      </Dialog>
    </>
  )
}

/** Five decimals are a metre: what a control room can type in. */
const decimal = ([lng, lat]: LngLat): string => `${lat.toFixed(5)}, ${lng.toFixed(5)}`

/** The street and number nearest to a place, looked up on this device. */
function PlaceName({ world, at }: Pick<SafetyProps, 'world' | 'at'>) {
  const [name, setName] = useState('…')
  const where = decimal(at)
  useEffect(() => {
    let gone = false
    void world.city.nameAt(at).then(found => {
      if (!gone) setName(found)
    })
    return () => {
      gone = true
    }
  }, [where])
  return <>{name}</>
}

/** Gives text to another app that the person picks, or to the clipboard where the browser knows no other way. */
async function hand(text: string): Promise<void> {
  try {
    if (navigator.share) await navigator.share({ text })
    else {
      await navigator.clipboard.writeText(text)
      toast(ui('copied'))
    }
  } catch (error) {
    // Putting the list of apps away is no fault.
    if ((error as Error).name !== 'AbortError') toast(ui('shareFailed'))
  }
}
