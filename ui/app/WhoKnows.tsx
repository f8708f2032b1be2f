import { Fragment } from 'preact'
import { useState } from 'preact/hooks'
import { Button } from '../components/Button.tsx'
import { tell } from './privacy-text.ts'

/** One who learns something of a person. */
export interface Knower {
  readonly who: string
  readonly learns: string
  readonly not: string
}

/** Properties of `WhoKnows`. */
export interface WhoKnowsProps {
  /** Those of this app, before those that all apps share. */
  readonly knowers: readonly Knower[]
  /** What this app cannot hide, besides what none can. */
  readonly limits: readonly string[]
  /** What this app keeps for less time than the rides. */
  readonly stored?: string
  /** Deletes the rides of this device; absent while they are not open. */
  readonly onForget?: (() => Promise<void>) | undefined
}

const SHARED = ['relay', 'chain', 'node', 'city', 'map'] as const

/** Who learns what of a person, what not, what cannot be hidden, and how to delete what this device keeps. */
export function WhoKnows({ knowers, limits, stored, onForget }: WhoKnowsProps) {
  const shared = SHARED.map(name => ({
    who: tell(name),
    learns: tell(`${name}Learns`),
    not: tell(`${name}Not`),
  }))
  return (
    <div class="stack">
      <p>{tell('intro')}</p>
      {[...knowers, ...shared].map(({ who, learns, not }) => (
        <section class="knower" key={who}>
          <h3>{who}</h3>
          <dl>
            {[
              [tell('learns'), learns],
              [tell('not'), not],
            ].map(([title, words]) => (
              <Fragment key={title}>
                <dt>{title}</dt>
                <dd>{words}</dd>
              </Fragment>
            ))}
          </dl>
        </section>
      ))}
      <section class="stack-tight">
        <h3>{tell('limits')}</h3>
        <ul class="points">
          {[tell('limitIp'), tell('limitTime'), tell('limitAccount'), ...limits].map(words => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      </section>
      {onForget && <Stored note={stored} onForget={onForget} />}
    </div>
  )
}

function Stored({
  note,
  onForget,
}: {
  readonly note: string | undefined
  readonly onForget: () => Promise<void>
}) {
  const [step, setStep] = useState<'idle' | 'asked' | 'busy' | 'done'>('idle')
  const forget = async (): Promise<void> => {
    setStep('busy')
    await onForget()
    setStep('done')
  }
  return (
    <section class="stack-tight">
      <h3>{tell('stored')}</h3>
      <p>{tell('storedNote')}</p>
      {note && <p>{note}</p>}
      {step === 'idle' ? (
        <Button wide testId="forget" onClick={() => setStep('asked')}>
          {tell('forget')}
        </Button>
      ) : step === 'done' ? (
        <p class="strong" role="status">
          {tell('forgotten')}
        </p>
      ) : (
        <>
          <Button
            kind="danger"
            wide
            testId="forget-sure"
            busy={step === 'busy'}
            onClick={() => void forget()}
          >
            {tell('forgetSure')}
          </Button>
          <Button wide onClick={() => setStep('idle')}>
            {tell('keep')}
          </Button>
        </>
      )}
    </section>
  )
}
