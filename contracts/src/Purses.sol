// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {FareVault} from "./FareVault.sol";

/// @notice Money of many owners that lies in the vault, all of it on this contract's account: whose it is, these books
/// say.
abstract contract Purses {
    using SafeERC20 for IERC20Metadata;

    FareVault public immutable vault;

    /// @notice What an owner has put in and nothing binds.
    mapping(address owner => uint96) public freeOf;

    event Funded(address indexed owner, address indexed from, uint96 amount);
    event Defunded(address indexed owner, address indexed to, uint96 amount);

    error BalanceTooLow(uint96 free, uint96 needed);

    constructor(FareVault vault_) {
        vault = vault_;
        vault_.token().forceApprove(address(vault_), type(uint256).max);
    }

    /// @notice Adds to an owner's money, by the sender's allowance.
    function fund(address owner, uint96 amount) external {
        vault.token().safeTransferFrom(msg.sender, address(this), amount);
        vault.deposit(address(this), amount);
        freeOf[owner] += amount;
        emit Funded(owner, msg.sender, amount);
    }

    /// @notice Owner: takes out what nothing binds.
    function defund(address to, uint96 amount) external {
        _debit(msg.sender, amount);
        emit Defunded(msg.sender, to, amount);
        vault.withdraw(to, amount);
    }

    function _debit(address owner, uint96 amount) internal {
        uint96 free = freeOf[owner];
        if (amount > free) revert BalanceTooLow(free, amount);
        freeOf[owner] = free - amount;
    }
}
