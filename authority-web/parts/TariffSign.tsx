import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { tariffNumber } from '@hexhail/protocol/tariff.ts'
import { Banner } from '@hexhail/ui/components/Banner.tsx'
import { Card } from '@hexhail/ui/components/Card.tsx'
import { useState } from 'preact/hooks'
import type { TariffDesk, TariffHand } from '../tariff-desk.ts'
import { t } from '../text.ts'
import { WalletHand } from './WalletHand.tsx'

/** Signing and publishing a draft, by a wallet of the browser or by the authority's key. */
export function TariffSign({ desk }: { readonly desk: TariffDesk }) {
  const [busy, setBusy] = useState(false)
  const [said, setSaid] = useState<{ readonly good: boolean; readonly text: string } | null>(null)
  const isReady = desk.document.value !== null && !desk.findings.value.some(each => each.level === 'error')
  const sign = async (hand: TariffHand): Promise<boolean> => {
    setBusy(true)
    setSaid(null)
    try {
      const ids = await desk.publish(hand)
      setSaid({ good: true, text: t('signDone', { ids: ids.map(tariffNumber).join(', ') }) })
      return true
    } catch (error) {
      setSaid({ good: false, text: faultText(error) })
      return false
    } finally {
      setBusy(false)
    }
  }
  return (
    <Card label={t('signTitle')}>
      <h2>{t('signTitle')}</h2>
      <p class="muted">{t('signWhy')}</p>
      {!isReady && <p>{t('signFirst')}</p>}
      <WalletHand isReady={isReady} busy={busy} onHand={sign} />
      <div aria-live="polite">
        {said && (
          <Banner tone={said.good ? 'info' : 'bad'} icon={said.good ? 'check' : 'warning'}>
            {said.text}
          </Banner>
        )}
      </div>
    </Card>
  )
}

function faultText(error: unknown): string {
  const { code, message } = error instanceof HexhailError ? error : { code: '', message: String(error) }
  if (code === 'not-authority') return t('signAuthority')
  if (code === 'wallet-refused') return t('signRefused')
  if (code === 'AUDIT_DOWN') return t('signAway')
  return t('signFailed', { why: message })
}
