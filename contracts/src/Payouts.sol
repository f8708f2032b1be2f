// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Balances} from "./Balances.sol";
import {Digests} from "./Digests.sol";
import {Signatures} from "./Signatures.sol";
import {Payout} from "./Terms.sol";

/// @notice What owners do with their free balance besides `withdraw`: give it to another account, or have a relayer
/// move it for a fee, so that nobody needs the chain's own coin.
abstract contract Payouts is Digests, Balances {
    using SafeERC20 for IERC20Metadata;

    /// @notice Payouts that were made, by their digest: each is made once.
    mapping(bytes32 payout => bool) public isPaidOut;

    /// @notice Moves `amount` of the sender's free balance to the balance of `to`, for a trip that it names (zero:
    /// none): what a driver gives back, or a sponsor's share.
    function refund(bytes32 terms, address to, uint96 amount) external {
        _debit(msg.sender, amount);
        _give(terms, msg.sender, to, amount);
    }

    /// @notice Makes a payout that its owner signed. Whoever brings it gets `fee`, at most the payout's `maxFee`.
    function withdrawBySig(Payout calldata o, uint96 fee, bytes calldata ownerSig) external nonReentrant {
        if (block.timestamp > o.deadline) revert TooLate(block.timestamp, o.deadline);
        if (fee > o.maxFee) revert AmountOverLimit(fee, o.maxFee);
        bytes32 id = payoutDigest(o);
        if (isPaidOut[id]) revert PaidOut(id);
        isPaidOut[id] = true;
        (address owner, address to, uint96 amount) = (o.owner, o.to, o.amount);
        if (!Signatures.byWallet(owner, id, ownerSig)) revert WrongSigner(owner, id);
        _debit(owner, uint256(amount) + fee);
        if (fee != 0) _give(0, owner, msg.sender, fee);
        if (o.inside) {
            _give(0, owner, to, amount);
        } else {
            emit Withdrawn(owner, to, amount);
            if (amount != 0) token.safeTransfer(to, amount);
        }
    }

    function _give(bytes32 terms, address from, address to, uint96 amount) private {
        unchecked {
            _accounts[to].word += amount;
        }
        emit Refunded(terms, from, to, amount);
    }
}
