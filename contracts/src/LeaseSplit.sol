// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {FareVault} from "./FareVault.sol";
import {Receipt} from "./Terms.sol";

/// @title LeaseSplit: a driver's account that shares its earnings with the car's owner
/// @notice Stands in the terms as the driver. The driver's key signs and acts for it, in trips only: money leaves
/// through `share` alone, `ownerBps` of it to the owner until `owed` is paid (zero: for ever), the rest to the driver.
contract LeaseSplit is IERC1271 {
    using Address for address;

    FareVault public immutable vault;
    address public immutable owner;
    address public immutable driver;
    uint16 public immutable ownerBps;
    /// @notice What the owner gets in all, minor units; zero: no end.
    uint96 public immutable owed;

    /// @notice What the owner has got so far.
    uint96 public paid;

    event Shared(uint96 toOwner, uint96 toDriver);

    error ShareTooHigh(uint16 bps, uint16 limit);
    error SameParty(address owner, address driver);
    error NotDriver(address driver, address sender);
    error NotForTrips(bytes4 selector);

    constructor(FareVault vault_, address owner_, address driver_, uint16 ownerBps_, uint96 owed_) {
        if (ownerBps_ > 10_000) revert ShareTooHigh(ownerBps_, 10_000);
        if (owner_ == driver_) revert SameParty(owner_, driver_);
        (vault, owner, driver, ownerBps, owed) = (vault_, owner_, driver_, ownerBps_, owed_);
    }

    /// @notice Shares all that has come in, to the balances of both in the vault. Anyone may call.
    function share() external returns (uint96 toOwner, uint96 toDriver) {
        (uint96 all,,,) = vault.accountOf(address(this));
        toOwner = uint96(uint256(all) * ownerBps / 10_000);
        if (owed != 0 && toOwner > owed - paid) toOwner = owed - paid;
        toDriver = all - toOwner;
        paid += toOwner;
        emit Shared(toOwner, toDriver);
        vault.refund(0, owner, toOwner);
        vault.refund(0, driver, toDriver);
    }

    /// @notice Driver: does in the vault what a driver does for a trip, in one go or not at all.
    function act(bytes[] calldata calls) external {
        if (msg.sender != driver) revert NotDriver(driver, msg.sender);
        for (uint256 i; i < calls.length; ++i) {
            bytes4 selector = bytes4(calls[i]);
            if (!_isForTrips(selector)) revert NotForTrips(selector);
            address(vault).functionCall(calls[i]);
        }
    }

    /// @notice ERC-1271: the driver's key signs receipts for this account and nothing else, since a payout would go
    /// round the owner. `sig` is (id of the terms, receipt, signature of the driver) by `abi.encode`.
    function isValidSignature(bytes32 digest, bytes calldata sig) external view returns (bytes4) {
        (bytes32 terms, Receipt memory r, bytes memory driverSig) = abi.decode(sig, (bytes32, Receipt, bytes));
        bool signed = vault.receiptDigest(terms, r) == digest
            && SignatureChecker.isValidSignatureNow(driver, digest, driverSig);
        return signed ? IERC1271.isValidSignature.selector : bytes4(0xffffffff);
    }

    function _isForTrips(bytes4 selector) private view returns (bool) {
        return selector == vault.settle.selector || selector == vault.settleMany.selector
            || selector == vault.pay.selector || selector == vault.claim.selector
            || selector == vault.release.selector || selector == vault.hold.selector
            || selector == vault.finalize.selector;
    }
}
