import { writeFileSync } from 'node:fs'
import { lintTariff, lintText } from '@hexhail/audit/tariff/lint.ts'
import { signedTariff } from '@hexhail/audit/tariff/signed-tariff.ts'
import { publishTariff } from '@hexhail/chain/publish-tariff.ts'
import type { ChainWallet } from '@hexhail/chain/wallet.ts'
import { walletFromKey } from '@hexhail/chain/wallet-key.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { tariffNumber } from '@hexhail/protocol/tariff.ts'
import { chainTariff } from '@hexhail/protocol/tariff-chain.ts'
import { tariffHash } from '@hexhail/protocol/tariff-document.ts'
import type { SignedTariff } from '@hexhail/protocol/tariff-signature.ts'
import { type Addresses, readAddresses } from './addresses.ts'
import { keyFromEnvironment } from './environment.ts'
import { readDocument, readJson, signTariff } from './tariff-file.ts'
import type { TariffVerb } from './tariff-verb.ts'

/** Signs a document. */
export const signVerb: TariffVerb = async (file, { addresses, out }, print) => {
  const doc = readDocument(file)
  refuseWrong(doc)
  const { chainId } = readAddresses(addresses)
  const wallet = walletFromKey(keyFromEnvironment())
  const signed = await signTariff(wallet, doc, chainId)
  if (out !== null) writeFileSync(out, `${JSON.stringify(signed)}\n`)
  const hash = tariffHash(doc)
  print(
    out === null
      ? JSON.stringify(signed)
      : `${hash} signed by ${wallet.address} for chain ${chainId}, in ${out}`,
    {
      type: 'signed',
      hash,
      authority: wallet.address,
      ...signed,
    },
  )
  return 0
}

/** Publishes a document: the audit node first, so that nobody meets a hash without its document. */
export const publishVerb: TariffVerb = async (file, { addresses: path, audit }, print) => {
  const addresses = readAddresses(path)
  const wallet = walletFromKey(keyFromEnvironment())
  const signed = await signedOf(file, wallet, addresses)
  const { document: doc } = signed
  refuseWrong(doc)
  const hash = tariffHash(doc)
  if (audit !== null) await serve(audit, signed)
  print(
    audit === null
      ? `${hash} is served by nobody yet: name an audit node with --audit`
      : `${hash} is served by ${audit}`,
    {
      type: 'document',
      document: hash,
      audit,
    },
  )
  const chain = { ...addresses, tariffs: addresses.contracts.tariffs }
  for (const of of doc.classes) {
    const { id, isNew } = await publishTariff(chain, wallet, chainTariff(doc, of.id, wallet.address))
    print(`${of.id}: tariff ${tariffNumber(id)} (id ${id})${isNew ? '' : ', was there'}`, {
      type: 'tariff',
      class: of.id,
      id,
      isNew,
      document: hash,
    })
  }
  return 0
}

/** What a file holds, signed by this wallet for this chain; a signature of another is refused. */
async function signedOf(file: string, wallet: ChainWallet, { chainId }: Addresses): Promise<SignedTariff> {
  const json = readJson(file) as { readonly signature?: unknown } | null
  if (json?.signature === undefined) return signTariff(wallet, readDocument(file), chainId)
  const read = signedTariff(json)
  if (
    read.verdict === 'accept' &&
    read.value.signer === wallet.address &&
    read.value.signed.chainId === chainId
  )
    return read.value.signed
  throw new HexhailError(
    'not-authority',
    `${file} is not signed by ${wallet.address} for chain ${chainId}: sign it again, or set HEXHAIL_KEY.`,
  )
}

function refuseWrong(doc: unknown): void {
  const error = lintTariff(doc).find(each => each.level === 'error')
  if (error) throw new HexhailError('bad-tariff', `Not published: ${lintText(error)}`)
}

async function serve(audit: string, signed: SignedTariff): Promise<void> {
  const response = await fetch(`${audit.replace(/\/+$/, '')}/tariffs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(signed),
  }).catch(cause => {
    throw new HexhailError(
      'AUDIT_DOWN',
      `The audit node at ${audit} does not answer: try again later.`,
      {},
      cause,
    )
  })
  if (response.ok) return
  const { code } = (await response.json().catch(() => ({}))) as { code?: string }
  throw new HexhailError('AUDIT_REFUSED', `The audit node refused the document (${code ?? response.status}).`)
}
