import { isHex } from '@hexhail/protocol/hex.ts'
import { Button } from '@hexhail/ui/components/Button.tsx'
import { shorten } from '@hexhail/ui/components/CopyText.tsx'
import { Dialog } from '@hexhail/ui/components/Dialog.tsx'
import { Segmented } from '@hexhail/ui/components/Segmented.tsx'
import { TextField } from '@hexhail/ui/components/TextField.tsx'
import { toast } from '@hexhail/ui/components/toasts.ts'
import { decimal, parseMoney } from '@hexhail/ui/format/money.ts'
import { useState } from 'preact/hooks'
import type { DriverModel } from '../model.ts'
import { money } from '../money.ts'
import { t } from '../text.ts'
import { Problem } from './Problem.tsx'

/** Smallest sum that is worth its fee, minor units. */
const LEAST = 10_000n

/** Takes money out of the vault: how much, and to which account. */
export function Withdraw({ model }: { readonly model: DriverModel }) {
  const free = model.purse.vault.value ?? 0n
  const [open, setOpen] = useState(false)
  const [text, setText] = useState('')
  const [where, setWhere] = useState<'wallet' | 'other'>('wallet')
  const [other, setOther] = useState('')
  const [asked, setAsked] = useState(false)
  const amount = parseMoney(text)
  const badAmount = amount === null || amount < LEAST || amount > free
  const to = where === 'wallet' ? model.address : other.trim()
  const badTo = !isHex(to, 20)
  const send = async () => {
    setAsked(true)
    if (badAmount || badTo) return
    if (!(await model.withdraw(to, amount))) return
    toast(t('withdrawn', { amount: money(amount) }))
    setOpen(false)
    setAsked(false)
  }
  return (
    <>
      <Button
        wide
        kind="primary"
        icon="download"
        testId="withdraw"
        disabled={free < LEAST}
        onClick={() => {
          setText(decimal(free))
          setOpen(true)
        }}
      >
        {t('withdraw')}
      </Button>
      <Dialog
        open={open}
        title={t('withdrawTitle')}
        onClose={() => setOpen(false)}
        foot={
          <Button
            kind="primary"
            wide
            testId="withdraw-yes"
            busy={model.deeds.busy.value === 'withdraw'}
            onClick={() => void send()}
          >
            {t('withdraw')}
          </Button>
        }
      >
        <p class="muted small">{t('withdrawWhy')}</p>
        <TextField
          label={t('amount')}
          name="amount"
          inputMode="decimal"
          value={text}
          onValue={setText}
          error={asked && badAmount ? t('amountBad', { most: money(free) }) : undefined}
        />
        <Button size="small" onClick={() => setText(decimal(free))}>
          {t('all')}
        </Button>
        <Segmented
          label={t('toWhere')}
          value={where}
          options={[
            { value: 'wallet', label: t('toWallet', { address: shorten(model.address) }) },
            { value: 'other', label: t('toOther') },
          ]}
          onValue={setWhere}
        />
        {where === 'other' && (
          <TextField
            label={t('address')}
            name="address"
            value={other}
            onValue={setOther}
            error={asked && badTo ? t('addressBad') : undefined}
          />
        )}
        <Problem model={model} />
      </Dialog>
    </>
  )
}
