// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {BitMaps} from "@openzeppelin/contracts/utils/structs/BitMaps.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {FareVault} from "./FareVault.sol";
import {Purses} from "./Purses.sol";
import {Signatures} from "./Signatures.sol";
import {Receipt, Terms} from "./Terms.sol";

/// @notice A sponsor's promise to pay a part of one fare of one rider. `budget` and `perRider` bind the whole campaign,
/// and must be the same in all its vouchers; amounts are minor units.
struct Voucher {
    address sponsor;
    address rider;
    uint32 campaign;
    uint32 index;
    uint16 bps;
    uint16 perRider;
    uint96 most;
    uint96 budget;
    uint40 expiry;
}

/// @title Vouchers: a city, an employer or a shop pays part of a fare
/// @notice The trip is settled and the rider gets the sponsor's part in one transaction: no settlement, no money. A
/// sponsor takes unspent money back by `defund`; vouchers still out there then pay what is left, down to nothing.
contract Vouchers is Purses, EIP712("Hexhail Vouchers", "1") {
    using BitMaps for BitMaps.BitMap;

    bytes32 private constant VOUCHER = keccak256(
        "Voucher(address sponsor,address rider,uint32 campaign,uint32 index,uint16 bps,uint16 perRider,uint96 most,uint96 budget,uint40 expiry)"
    );

    /// @notice What the vouchers of a campaign have paid so far.
    mapping(address sponsor => mapping(uint32 campaign => uint96)) public spentOf;
    mapping(address sponsor => mapping(uint32 campaign => mapping(address rider => uint16))) private _uses;
    mapping(address sponsor => mapping(uint32 campaign => BitMaps.BitMap)) private _used;

    event Redeemed(
        address indexed sponsor,
        uint32 indexed campaign,
        bytes32 indexed terms,
        address rider,
        uint32 index,
        uint96 amount
    );

    error Expired(uint256 nowS, uint40 expiry);
    error WrongRider(address expected, address actual);
    error WrongSponsor(address expected, bytes32 digest);
    error Used(address sponsor, uint32 campaign, uint32 index);
    error UsedUp(address rider, uint16 perRider);

    constructor(FareVault vault_) Purses(vault_) {}

    /// @notice Settles a trip (anyone, with both parties' signatures over the receipt) and pays the voucher to the
    /// rider's balance: `bps` of the fare, at most `most`, and at most what campaign and sponsor have left.
    function settle(
        Terms calldata t,
        Receipt calldata r,
        bytes calldata riderSig,
        bytes calldata driverSig,
        Voucher calldata v,
        bytes calldata sponsorSig
    ) external returns (uint96 amount) {
        _use(v, t.rider, sponsorSig);
        vault.settle(t, r, riderSig, driverSig);
        amount = _spend(v, r.fare);
        bytes32 terms = vault.digestOf(t);
        emit Redeemed(v.sponsor, v.campaign, terms, t.rider, v.index, amount);
        vault.refund(terms, t.rider, amount);
    }

    /// @notice What a sponsor signs for a voucher.
    function digestOf(Voucher calldata v) public view returns (bytes32) {
        return _hashTypedDataV4(keccak256(abi.encode(VOUCHER, v)));
    }

    /// @notice Whether a voucher has been used, and how often its rider has used the campaign.
    function usesOf(Voucher calldata v) external view returns (bool used, uint16 byRider) {
        return (_used[v.sponsor][v.campaign].get(v.index), _uses[v.sponsor][v.campaign][v.rider]);
    }

    function _use(Voucher calldata v, address rider, bytes calldata sponsorSig) private {
        (address sponsor, uint32 campaign, uint32 index) = (v.sponsor, v.campaign, v.index);
        if (block.timestamp > v.expiry) revert Expired(block.timestamp, v.expiry);
        if (rider != v.rider) revert WrongRider(v.rider, rider);
        bytes32 digest = digestOf(v);
        if (!Signatures.byWallet(sponsor, digest, sponsorSig)) revert WrongSponsor(sponsor, digest);
        BitMaps.BitMap storage used = _used[sponsor][campaign];
        if (used.get(index)) revert Used(sponsor, campaign, index);
        used.set(index);
        uint16 before = _uses[sponsor][campaign][rider];
        if (before >= v.perRider) revert UsedUp(rider, v.perRider);
        _uses[sponsor][campaign][rider] = before + 1;
    }

    /// @dev The sponsor's part of a fare, taken off his money.
    function _spend(Voucher calldata v, uint96 fare) private returns (uint96 amount) {
        uint96 spent = spentOf[v.sponsor][v.campaign];
        uint96 free = freeOf[v.sponsor];
        uint256 part = uint256(fare) * (v.bps < 10_000 ? v.bps : 10_000) / 10_000;
        if (part > v.most) part = v.most;
        uint256 left = v.budget > spent ? v.budget - spent : 0;
        if (part > left) part = left;
        if (part > free) part = free;
        amount = uint96(part);
        spentOf[v.sponsor][v.campaign] = spent + amount;
        freeOf[v.sponsor] = free - amount;
    }
}
