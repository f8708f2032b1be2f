/** A fault to put into the contracts: the one place of all sources where `find` stands becomes `put`. */
export interface PlantedBug {
  readonly name: string
  /** How it would be used. */
  readonly harm: string
  readonly find: string
  readonly put: string
}

const bug = (name: string, harm: string, find: string, put: string): PlantedBug => ({ name, harm, find, put })

/** Faults that vaults like this one had, or that a hurried change of ours could make. */
export const PLANTED_BUGS: readonly PlantedBug[] = [
  bug(
    'a settle leaves the hold where it is',
    'one receipt pays again and again',
    'word -= amount << 96;',
    '',
  ),
  bug(
    'a receipt settles whatever the lane holds',
    'a receipt of a cheap trip closes a dear one, or the other way round',
    'if (amount == 0 || l.terms != id) {\n                amount = _takeCase',
    'if (amount == 0) {\n                amount = _takeCase',
  ),
  bug(
    'the driver need not agree to a receipt',
    'a rider closes the trip with a receipt of one unit',
    'msg.sender != driver && !Signatures.byWallet(driver, digest, driverSig)',
    'false && !Signatures.byWallet(driver, digest, driverSig)',
  ),
  bug(
    'terms of any sequence are held',
    'the same terms are held again after they were paid',
    'if (word >> 96 != uint256(t.seq) << 96) _refuse(l, t.seq);\n        unchecked {\n            l.word',
    'if (uint96(word >> 96) != 0) _refuse(l, t.seq);\n        unchecked {\n            l.word',
  ),
  bug(
    'terms are held after acceptBy',
    'a driver keeps old terms as an option',
    'if (block.timestamp > t.acceptBy) revert TooLate(block.timestamp, t.acceptBy);',
    '',
  ),
  bug(
    'the tip has no cap',
    'a fare is booked as a tip and pays no levy',
    'if (tip > fare) revert TipOverFare(tip, fare);',
    '',
  ),
  bug(
    'the cancel fee may be above the hold',
    'the case pays out money of others',
    'fee = d.cancelFee < amount ? d.cancelFee : amount;',
    'fee = d.cancelFee;',
  ),
  bug(
    'a claim ignores the tariff',
    'a driver claims what no tariff allows',
    'return cap < t.fare ? uint96(cap) : t.fare;',
    'return t.fare;',
  ),
  bug(
    'a no-show is claimed before pickupBy',
    'a driver who never came takes the fee at once',
    'if (!boarded && block.timestamp <= d.pickupBy) revert TooEarly(block.timestamp, d.pickupBy);',
    '',
  ),
  bug(
    'anyone finalizes before the deadline',
    'a driver claims and finalizes in one block: nobody can contest',
    'if (!waived) revert TooEarly(block.timestamp, c.deadline);',
    '',
  ),
  bug(
    'a contest is never too late',
    'a rider freezes a claim that both took for done',
    'Case storage c = _requireCase(id, Kind.Claimed);\n        if (block.timestamp > c.deadline) revert TooLate(block.timestamp, c.deadline);',
    'Case storage c = _requireCase(id, Kind.Claimed);',
  ),
  bug(
    'the arbiter is whom the sender names',
    'a driver rules his own dispute with details that nobody signed',
    'if (msg.sender != d.arbiter) revert NotParty(d.arbiter, msg.sender);\n        _requireDetails(t, d);',
    'if (msg.sender != d.arbiter) revert NotParty(d.arbiter, msg.sender);',
  ),
  bug(
    'a closed case stays',
    'a case is finalized twice',
    'delete _cases[id];\n        _payDriver(t, before, toDriver);',
    '_payDriver(t, before, toDriver);',
  ),
  bug(
    'a collected levy stays in the pot',
    'an authority collects without end',
    '_prices[tariff] = word - pot;',
    '',
  ),
  bug(
    'another lane takes nothing from the balance',
    'one balance backs any number of trips',
    '_debit(rider, amount);',
    '',
  ),
  bug(
    'the levy is rounded up',
    'a levy that the tariff does not name',
    'uint256 levy = price.levyOf(extras, fare);',
    'uint256 levy = price.levyOf(extras, fare + 33);',
  ),
  bug(
    'the vault believes the amount that a token names',
    'a token that takes a fee leaves the vault short',
    'if (afterwards - before != amount) revert WrongAmountReceived(amount, afterwards - before);',
    '',
  ),
  bug(
    'a withdraw reaches into what is held',
    'a rider rides on money that is gone',
    'uint256 word = a.word;\n        if (amount > uint96(word)) revert',
    'uint256 word = a.word;\n        if (amount > uint96(word) + uint96(word >> 96)) revert',
  ),
  bug(
    'withdraw is not guarded against calls from the token',
    'a token with hooks enters the vault while it counts',
    'function withdraw(address to, uint96 amount) external nonReentrant',
    'function withdraw(address to, uint96 amount) external',
  ),
  bug(
    'anyone goes on after a permit failed',
    'a stranger moves a left-over allowance into the vault',
    'if (msg.sender != from) revert NotParty(from, msg.sender);',
    '',
  ),
  bug(
    'the vault takes in more than its bits hold',
    'a levy overflows into the prices',
    'if (afterwards > CAPACITY) revert VaultFull(afterwards, CAPACITY);',
    '',
  ),
  {
    name: 'terms have no domain',
    harm: 'terms of a test chain are held on the real one',
    find: 'return _hashTypedDataV4(t.hash());',
    put: 'return t.hash();',
  },
  {
    name: 'a wallet with code is asked before its key',
    harm: 'a rider delegates by EIP-7702 in mid-trip and voids the receipts',
    find: 'if (recovered == signer && signer != address(0)) return true;',
    put: 'if (recovered == signer && signer != address(0) && signer.code.length == 0) return true;',
  },
  {
    name: 'a session key is not compared with the terms',
    harm: 'any P-256 key signs receipts for any rider',
    find: 'sig.length != 128 || address(uint160(uint256(keccak256(sig[64:])))) != session',
    put: 'sig.length != 128',
  },
  {
    name: 'a tariff may be published in the name of another',
    harm: 'a stranger sets the prices of a city',
    find: 'if (msg.sender != tariff.authority) revert NotAuthority(tariff.authority, msg.sender);',
    put: '',
  },
  {
    name: 'a permit is not asked for',
    harm: 'a driver whose permit was taken away goes on driving in a city that wants one',
    find: 'if (tariff >> 31 != 0) _requirePermit(tariff, t.driver);',
    put: '',
  },
  {
    name: 'a permit that is over still counts',
    harm: 'a driver drives on for ever by one permit',
    find: 'if (until <= block.timestamp) revert NotPermitted',
    put: 'if (until == 0) revert NotPermitted',
  },
  {
    name: 'a car counts for whoever names it',
    harm: 'any number of drivers drive on the permit of one car',
    find: 'v.driver == driver ? v.until : 0',
    put: 'v.until',
  },
  {
    name: 'a car whose permit is over still counts',
    harm: 'a car that failed its inspection goes on',
    find: 'if (most < until) until = most;',
    put: 'if (most == 0) until = 0;',
  },
  {
    name: 'an outbid relay keeps its bond on the list',
    harm: 'the bond is owed twice: to the loser, and to who took his place',
    find: '(r.bond, r.laidAt) = (0, 0);',
    put: '',
  },
  {
    name: 'a bond leaves at once',
    harm: 'one bond pushes out all relays, one after the other',
    find: 'if (from > paidFrom[r.keeper]) paidFrom[r.keeper] = from;',
    put: '',
  },
  {
    name: 'a bond is paid out again',
    harm: 'a keeper empties the registry',
    find: 'owedTo[msg.sender] = 0;',
    put: '',
  },
  {
    name: 'money beside a key is lifted before its time',
    harm: 'one bond serves any number of keys in one flood',
    find: 'if (block.timestamp < until) revert TooEarly(block.timestamp, until);',
    put: '',
  },
  {
    name: 'money beside a key is lifted again',
    harm: 'a payer empties the purses of all others',
    find: 'b.amount = 0;',
    put: '',
  },
]
