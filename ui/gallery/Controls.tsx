import { useState } from 'preact/hooks'
import { Button } from '../components/Button.tsx'
import { Card } from '../components/Card.tsx'
import { Chip } from '../components/Chip.tsx'
import { Combobox } from '../components/Combobox.tsx'
import { Countdown } from '../components/Countdown.tsx'
import { Dialog } from '../components/Dialog.tsx'
import { IconButton } from '../components/IconButton.tsx'
import { PinDisplay } from '../components/PinDisplay.tsx'
import { PinInput } from '../components/PinInput.tsx'
import { Progress } from '../components/Progress.tsx'
import { Segmented } from '../components/Segmented.tsx'
import { Select } from '../components/Select.tsx'
import { Slider } from '../components/Slider.tsx'
import { Spinner } from '../components/Spinner.tsx'
import { StarsInput } from '../components/Stars.tsx'
import { Stepper } from '../components/Stepper.tsx'
import { Switch } from '../components/Switch.tsx'
import { TextField } from '../components/TextField.tsx'
import { toast } from '../components/toasts.ts'

const PLACES = ['18 de Julio 1453', '18 de Julio 1480', 'Plaza Independencia', 'Tres Cruces'].map(
  (label, id) => ({
    id: String(id),
    label,
    detail: 'Montevideo',
  }),
)

/** Every control. */
export function Controls() {
  const [text, setText] = useState('')
  const [place, setPlace] = useState('')
  const [secret, setSecret] = useState('short')
  const [lane, setLane] = useState<'now' | 'later'>('now')
  const [kind, setKind] = useState<'any' | 'van'>('any')
  const [tip, setTip] = useState(10)
  const [seats, setSeats] = useState(1)
  const [on, setOn] = useState(true)
  const [pin, setPin] = useState('12')
  const [stars, setStars] = useState(4)
  const [open, setOpen] = useState(false)
  const found = PLACES.filter(each => each.label.toLowerCase().includes(place.toLowerCase()))
  return (
    <div class="stack">
      <h1>Controls</h1>
      <Card label="Buttons">
        <Button kind="primary" wide icon="car">
          Request a ride
        </Button>
        <Button kind="danger" wide note="Costs $1.00 now">
          Cancel the ride
        </Button>
        <div class="cluster">
          <Button onClick={() => setOpen(true)}>Open a dialog</Button>
          <Button onClick={() => toast('Copied to the clipboard')}>Toast</Button>
          <Button kind="quiet">Quiet</Button>
          <Button kind="alarm" icon="sos">
            SOS
          </Button>
          <Button busy>Busy</Button>
          <Button disabled>Disabled</Button>
          <Button size="small">Small</Button>
          <IconButton icon="share" label="Share the trip" />
        </div>
      </Card>
      <Card label="Fields">
        <Combobox
          label="Where to?"
          value={place}
          onValue={setPlace}
          options={place === '' ? [] : found}
          onChoose={each => setPlace(each.label)}
          placeholder="Street, number or place"
        />
        <TextField label="Name" value={text} onValue={setText} hint="The driver sees it after the hold." />
        <TextField
          label="Passphrase"
          type="password"
          value={secret}
          onValue={setSecret}
          {...(secret.length < 8 ? { error: 'Use at least 8 characters.' } : {})}
        />
        <Select
          label="Car"
          value={kind}
          onValue={setKind}
          options={[
            { value: 'any', label: 'Any car' },
            { value: 'van', label: 'Van' },
          ]}
        />
        <Segmented
          label="When"
          value={lane}
          onValue={setLane}
          options={[
            { value: 'now', label: 'Now' },
            { value: 'later', label: 'Later' },
          ]}
        />
        <Slider label="Tip" value={tip} min={0} max={30} step={5} onValue={setTip} format={n => `${n} %`} />
        <Stepper label="Seats" value={seats} min={1} max={4} onValue={setSeats} />
        <Switch label="Sound" hint="A bell for each new request" checked={on} onChecked={setOn} />
      </Card>
      <Card label="Trip controls">
        <PinDisplay pin="4071" />
        <PinInput
          label="PIN from the rider"
          value={pin}
          onValue={setPin}
          error={pin === '9999' ? 'Wrong' : undefined}
        />
        <StarsInput label="How was the ride?" value={stars} onValue={setStars} />
        <div class="cluster">
          <Countdown leftS={9} totalS={15} />
          <Countdown leftS={4} totalS={15} />
          <Countdown leftS={125} totalS={300} />
          <Chip tone="good" icon="lock">
            Fare held
          </Chip>
          <Chip tone="warn">Late</Chip>
          <Chip tone="bad">Cancelled</Chip>
          <Chip tone="accent">Chosen</Chip>
          <Chip>Plain</Chip>
        </div>
        <Spinner label="Locking the fare…" />
        <Progress label="Loading the city" value={0.4} />
        <Progress label="Waiting for the chain" />
      </Card>
      <Dialog
        open={open}
        title="Cancel the ride?"
        onClose={() => setOpen(false)}
        foot={
          <>
            <Button kind="danger" wide onClick={() => setOpen(false)}>
              Cancel and pay $1.00
            </Button>
            <Button wide onClick={() => setOpen(false)}>
              Keep the ride
            </Button>
          </>
        }
      >
        <p>The driver is 1.2 km on the way. Of the $9.94 held, $8.94 comes back to you at once.</p>
      </Dialog>
    </div>
  )
}
