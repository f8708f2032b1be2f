import type { World } from '@hexhail/client/browser-world.ts'
import type { ReadonlySignal } from '@preact/signals'
import { Switch } from '../components/Switch.tsx'
import { tell } from './privacy-text.ts'

/** Properties of `HideAddress`. */
export interface HideAddressProps {
  readonly world: World
  /** Whether the other person's device is reached without a relay now. */
  readonly direct: ReadonlySignal<boolean>
}

/** Whether the other person of a ride may see this device's internet address. */
export function HideAddress({ world: { hidden }, direct }: HideAddressProps) {
  return (
    <>
      <Switch
        label={tell('hide')}
        hint={tell('hideNote')}
        checked={hidden.value}
        onChecked={isHidden => {
          hidden.value = isHidden
        }}
      />
      {!hidden.value && (
        <p role="status" data-testid="path" data-path={direct.value ? 'direct' : 'relay'}>
          {tell(direct.value ? 'pathDirect' : 'pathRelay')}
        </p>
      )}
    </>
  )
}
