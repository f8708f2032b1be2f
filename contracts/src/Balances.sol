// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {IERC3009} from "@openzeppelin/contracts/interfaces/draft-IERC3009.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {VaultLog} from "./VaultLog.sol";

/// @notice Accounts in one token, and the only functions that move the token: in by allowance, permit or
/// authorization, out by `withdraw` of the owner.
abstract contract Balances is ReentrancyGuardTransient, VaultLog {
    using SafeERC20 for IERC20Metadata;

    /// @dev `word`, from the lowest bit: free 96, held 96, seq 64. An account is its own lane 0, so that the usual
    /// hold and settle touch two slots of the rider; in the other lanes `free` stays 0.
    struct Lane {
        uint256 word;
        bytes32 terms;
    }

    /// @notice The most that the vault takes in, minor units. All amounts inside add up to at most the token that is
    /// here, so none overflows its bits: 72 for a levy, 96 for a balance. Sums of them are therefore unchecked.
    uint256 public constant CAPACITY = (1 << 72) - 1;

    IERC20Metadata public immutable token;

    mapping(address owner => Lane) internal _accounts;

    constructor(IERC20Metadata token_) {
        if (token_.decimals() != 6) revert WrongDecimals(6, token_.decimals());
        token = token_;
    }

    /// @notice Moves `amount` from the sender, by allowance, to the balance of `to`.
    function deposit(address to, uint96 amount) external nonReentrant {
        uint256 before = token.balanceOf(address(this));
        token.safeTransferFrom(msg.sender, address(this), amount);
        _credit(to, msg.sender, amount, before);
    }

    /// @notice Like `deposit` to `from` itself, by an ERC-2612 permit that anyone may bring. Where the permit was
    /// used before, only `from` may go on with the allowance it left.
    function depositWithPermit(address from, uint96 amount, uint256 deadline, uint8 v, bytes32 r, bytes32 s)
        external
        nonReentrant
    {
        uint256 before = token.balanceOf(address(this));
        try IERC20Permit(address(token)).permit(from, address(this), amount, deadline, v, r, s) {}
        catch {
            if (msg.sender != from) revert NotParty(from, msg.sender);
        }
        token.safeTransferFrom(from, address(this), amount);
        _credit(from, from, amount, before);
    }

    /// @notice Like `deposit` to `from` itself, by an ERC-3009 authorization (receiveWithAuthorization) that anyone
    /// may bring.
    function deposit3009(
        address from,
        uint96 amount,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external nonReentrant {
        uint256 before = token.balanceOf(address(this));
        IERC3009(address(token))
            .receiveWithAuthorization(from, address(this), amount, validAfter, validBefore, nonce, v, r, s);
        _credit(from, from, amount, before);
    }

    /// @notice Pays `amount` of the sender's free balance out to `to`.
    function withdraw(address to, uint96 amount) external nonReentrant {
        _debit(msg.sender, amount);
        emit Withdrawn(msg.sender, to, amount);
        token.safeTransfer(to, amount);
    }

    /// @notice Free balance, and the state of lane 0.
    function accountOf(address owner)
        external
        view
        returns (uint96 free, uint96 held, uint64 seq, bytes32 terms)
    {
        Lane storage a = _accounts[owner];
        uint256 word = a.word;
        return (uint96(word), uint96(word >> 96), uint64(word >> 192), a.terms);
    }

    function _credit(address to, address from, uint96 amount, uint256 before) private {
        uint256 afterwards = token.balanceOf(address(this));
        if (afterwards - before != amount) revert WrongAmountReceived(amount, afterwards - before);
        if (afterwards > CAPACITY) revert VaultFull(afterwards, CAPACITY);
        unchecked {
            _accounts[to].word += amount;
        }
        emit Deposited(to, from, amount);
    }

    function _debit(address owner, uint256 amount) internal {
        Lane storage a = _accounts[owner];
        uint256 word = a.word;
        if (amount > uint96(word)) revert BalanceTooLow(uint96(word), amount);
        unchecked {
            a.word = word - amount;
        }
    }
}
