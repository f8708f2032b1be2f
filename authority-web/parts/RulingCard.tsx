import type { ContestedTrip, NotContested } from '@hexhail/chain/contested-trip.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { Banner } from '@hexhail/ui/components/Banner.tsx'
import { Card } from '@hexhail/ui/components/Card.tsx'
import { CopyText } from '@hexhail/ui/components/CopyText.tsx'
import { Moment } from '@hexhail/ui/components/Measure.tsx'
import { Money } from '@hexhail/ui/components/Money.tsx'
import { Spinner } from '@hexhail/ui/components/Spinner.tsx'
import { TextField } from '@hexhail/ui/components/TextField.tsx'
import { parseMoney } from '@hexhail/ui/format/money.ts'
import { useEffect, useState } from 'preact/hooks'
import type { Ruling } from '../rule-trip.ts'
import type { TariffHand } from '../tariff-desk.ts'
import { t } from '../text.ts'
import { WalletHand } from './WalletHand.tsx'

/** How disputes are looked at and ruled. */
export interface RulingPort {
  look(id: Hex): Promise<ContestedTrip | NotContested>
  rule(
    hand: TariffHand,
    trip: ContestedTrip,
    ruling: Ruling,
  ): Promise<{ readonly tx: Hex; readonly isReasonKept: boolean }>
}

const WHY = { 'not-contested': 'ruleNothing', closed: 'ruleClosed', 'terms-unknown': 'ruleUnknown' } as const

/** A contested trip: what is disputed, who gets what by a ruling, and the ruling itself for its arbiter. */
export function RulingCard({ id, port }: { readonly id: Hex; readonly port: RulingPort }) {
  const [trip, setTrip] = useState<ContestedTrip | NotContested | 'away' | null>(null)
  useEffect(() => {
    let isHere = true
    port.look(id).then(
      found => isHere && setTrip(found),
      () => isHere && setTrip('away'),
    )
    return () => {
      isHere = false
    }
  }, [id, port])
  return (
    <Card label={t('ruleTitle')}>
      <h2>{t('ruleTitle')}</h2>
      {trip === null ? (
        <Spinner label={t('ruleLooking')} />
      ) : typeof trip === 'string' ? (
        <p>{t(trip === 'away' ? 'ruleAway' : WHY[trip])}</p>
      ) : (
        <RulingForm trip={trip} port={port} />
      )}
    </Card>
  )
}

function RulingForm({ trip, port }: { readonly trip: ContestedTrip; readonly port: RulingPort }) {
  const [amount, setAmount] = useState('')
  const [reason, setReason] = useState('')
  const [busy, setBusy] = useState(false)
  const [said, setSaid] = useState<{ readonly good: boolean; readonly text: string } | null>(null)
  const { terms, admitted, disputed, deadlineS } = trip
  const toDriver = parseMoney(amount)
  const isGood = toDriver !== null && toDriver >= 0n && toDriver <= disputed
  const rule = async (hand: TariffHand): Promise<boolean> => {
    setBusy(true)
    setSaid(null)
    try {
      const given = { toDriver: toDriver!, reason: reason.trim() }
      const { isReasonKept } = await port.rule(hand, trip, given)
      const text = given.reason !== '' && !isReasonKept ? 'ruleDoneNoReason' : 'ruleDone'
      setSaid({ good: true, text: t(text) })
      return true
    } catch (error) {
      setSaid({ good: false, text: faultText(error) })
      return false
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <dl class="against">
        <dt>{t('driver')}</dt>
        <dd>
          <CopyText text={terms.driver} />
        </dd>
        <dt>{t('rider')}</dt>
        <dd>
          <CopyText text={terms.rider} />
        </dd>
        <dt>{t('ruleArbiter')}</dt>
        <dd>
          <CopyText text={terms.details.arbiter} />
        </dd>
        <dt>{t('ruleAdmitted')}</dt>
        <dd>
          <Money amount={admitted} exact />
        </dd>
        <dt>{t('ruleDisputed')}</dt>
        <dd>
          <Money amount={disputed} exact />
        </dd>
        <dt>{t('ruleBefore')}</dt>
        <dd>
          <Moment atMs={deadlineS * 1_000} day />
        </dd>
      </dl>
      <TextField
        label={t('ruleAmount')}
        inputMode="decimal"
        value={amount}
        onValue={setAmount}
        error={amount !== '' && !isGood ? t('ruleAmountNot') : undefined}
      />
      {isGood && (
        <dl class="against" data-testid="ruling-preview">
          <dt>{t('ruleToDriver')}</dt>
          <dd>
            <Money amount={toDriver} exact />
          </dd>
          <dt>{t('ruleToRider')}</dt>
          <dd>
            <Money amount={disputed - toDriver} exact />
          </dd>
        </dl>
      )}
      <TextField
        label={t('ruleReason')}
        value={reason}
        onValue={setReason}
        maxLength={900}
        hint={t('ruleReasonHint')}
      />
      <WalletHand isReady={isGood && said?.good !== true} busy={busy} onHand={rule} />
      <div aria-live="polite">
        {said && (
          <Banner tone={said.good ? 'info' : 'bad'} icon={said.good ? 'check' : 'warning'}>
            {said.text}
          </Banner>
        )}
      </div>
    </>
  )
}

function faultText(error: unknown): string {
  const { code, message } = error instanceof HexhailError ? error : { code: '', message: String(error) }
  if (code === 'not-arbiter') return t('ruleNotArbiter')
  if (code === 'wallet-refused') return t('signRefused')
  return t('ruleFailed', { why: message })
}
