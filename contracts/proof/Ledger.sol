// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title The vault's ledger alone: every amount that an operation moves, under the conditions that the vault checks
/// @notice `node contracts/tools/prove.ts` has solc's SMTChecker prove by induction, for any sequence of calls with
/// any amounts, that nothing is made or lost, that no sum or difference, all of them unchecked in the vault, leaves
/// its bits, and that each balance stays within CAPACITY: `sound` holds at the start, and after each operation that
/// began with it. One rider, one driver, one lane, one case beside it; a levy is any part of its fare
/// (`Prices.levyOf` is at most 20 % of it). Times, signatures and hashes are left out: the vault allows less than
/// this.
contract Ledger {
    uint256 private constant CAPACITY = (1 << 72) - 1;
    uint256 private constant CLAIMED = 1;
    uint256 private constant CANCELLED = 2;
    uint256 private constant CONTESTED = 3;

    uint256 public deposited;
    uint256 public outside;
    uint256 public free;
    uint256 public held;
    /// The free balances of all who are paid: driver, authority.
    uint256 public payees;
    uint256 public pot;
    uint256 public kind;
    uint256 public inCase;
    uint256 public fee;
    /// The hold of the terms whose case is open.
    uint256 public hold_;

    /// Any sound ledger; the empty one, all zeros, is one.
    constructor(
        uint256 deposited_,
        uint256 outside_,
        uint256 free_,
        uint256 held_,
        uint256 payees_,
        uint256 pot_,
        uint256 kind_,
        uint256 inCase_,
        uint256 fee_,
        uint256 holdOfCase
    ) {
        (deposited, outside, free, held, payees) = (deposited_, outside_, free_, held_, payees_);
        (pot, kind, inCase, fee, hold_) = (pot_, kind_, inCase_, fee_, holdOfCase);
        require(sound());
    }

    modifier kept() {
        require(sound());
        _;
        assert(sound());
    }

    function sound() private view returns (bool) {
        return free <= CAPACITY && held <= CAPACITY && payees <= CAPACITY && pot <= CAPACITY
            && inCase <= CAPACITY && outside <= deposited
            && free + held + payees + pot + inCase == deposited - outside
            && deposited - outside <= CAPACITY && (kind != 0 || inCase == 0)
            && (kind != CLAIMED || inCase <= hold_) && (kind != CANCELLED || inCase == hold_ && fee <= inCase);
    }

    function deposit(uint256 amount) external kept {
        require(amount <= CAPACITY && deposited <= type(uint256).max - CAPACITY);
        require(deposited - outside + amount <= CAPACITY);
        deposited += amount;
        free = add(free, amount);
    }

    function withdraw(uint256 amount) external kept {
        require(amount <= free);
        free = sub(free, amount);
        outside += amount;
    }

    function withdrawByPayee(uint256 amount) external kept {
        require(amount <= payees);
        payees = sub(payees, amount);
        outside += amount;
    }

    /// `Payouts`: from a balance to another's, here the driver's back to the rider.
    function refund(uint256 amount) external kept {
        require(amount <= payees);
        free = add(free, amount);
        payees = sub(payees, amount);
    }

    function hold(uint256 amount) external kept {
        require(amount != 0 && amount <= free && held == 0);
        free = sub(free, amount);
        held = amount;
    }

    function settle(uint256 due, uint256 fare, uint256 tip, uint256 levy) external kept {
        require(held != 0 && fare <= due && due <= held);
        uint256 amount = held;
        held = 0;
        pay(amount, due, fare, tip, levy);
    }

    function settleCase(uint256 due, uint256 fare, uint256 tip, uint256 levy) external kept {
        require(kind == CLAIMED || kind == CANCELLED);
        require(fare <= due && due <= hold_ && due <= add(free, inCase));
        uint256 amount = inCase;
        close();
        pay(amount, due, fare, tip, levy);
    }

    function payAtOnce(uint256 amount, uint256 due, uint256 fare, uint256 tip, uint256 levy) external kept {
        require(amount != 0 && amount <= free && fare <= due && due <= amount);
        pay(0, due, fare, tip, levy);
    }

    /// The tip as the vault has shrunk it: what the rider's funds have left, at most.
    function pay(uint256 amount, uint256 due, uint256 fare, uint256 tip, uint256 levy) private {
        require(tip <= fare && levy <= fare);
        assert(free + amount <= CAPACITY);
        assert(due <= free + amount);
        require(tip <= free + amount - due);
        assert(levy <= due + tip);
        assert(pot + levy <= CAPACITY);
        assert(payees + (due + tip - levy) <= CAPACITY);
        free = free + amount - (due + tip);
        pot += levy;
        payees += due + tip - levy;
    }

    function cancel(uint256 fee_) external kept {
        require(held != 0 && kind == 0);
        (kind, inCase, hold_) = (CANCELLED, held, held);
        fee = fee_ < held ? fee_ : held;
        held = 0;
    }

    function claim(uint256 amount) external kept {
        require(held != 0 && kind == 0);
        require(amount != 0 && amount <= held);
        free = add(free, sub(held, amount));
        (kind, inCase, hold_, fee) = (CLAIMED, amount, held, 0);
        held = 0;
    }

    function overrideCancel(uint256 amount) external kept {
        require(kind == CANCELLED && amount != 0 && amount <= hold_);
        free = add(free, sub(hold_, amount));
        (kind, inCase, fee) = (CLAIMED, amount, 0);
    }

    function contest(uint256 admitted, uint256 levy) external kept {
        require(kind == CLAIMED && admitted < inCase);
        inCase = sub(inCase, admitted);
        kind = CONTESTED;
        payDriver(admitted, levy);
    }

    function rule(uint256 toDriver, uint256 levy) external kept {
        require(kind == CONTESTED && toDriver <= inCase);
        end(toDriver, levy);
    }

    function finalize(uint256 levy) external kept {
        require(kind != 0);
        end(kind == CLAIMED ? inCase : kind == CANCELLED ? fee : inCase / 2, levy);
    }

    function release() external kept {
        require(held != 0);
        free = add(free, held);
        held = 0;
    }

    function collect() external kept {
        payees = add(payees, pot);
        pot = 0;
    }

    function end(uint256 toDriver, uint256 levy) private {
        assert(toDriver <= inCase);
        uint256 rest = inCase - toDriver;
        close();
        payDriver(toDriver, levy);
        assert(free + rest <= CAPACITY);
        free += rest;
    }

    function payDriver(uint256 amount, uint256 levy) private {
        require(levy <= amount);
        assert(pot + levy <= CAPACITY);
        assert(payees + (amount - levy) <= CAPACITY);
        pot += levy;
        payees += amount - levy;
    }

    function close() private {
        (kind, inCase, fee, hold_) = (0, 0, 0, 0);
    }

    /// Unchecked in the vault: no sum leaves its 72 bits.
    function add(uint256 a, uint256 b) private pure returns (uint256) {
        assert(a <= CAPACITY && b <= CAPACITY && a + b <= CAPACITY);
        return a + b;
    }

    /// Unchecked in the vault: nothing is taken from less.
    function sub(uint256 a, uint256 b) private pure returns (uint256) {
        assert(b <= a);
        return a - b;
    }
}
