// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {ERC3009} from "@openzeppelin/contracts/token/ERC20/extensions/draft-ERC3009.sol";

/// @title FareDollar: a test stablecoin shaped like USDC (6 decimals, ERC-2612, ERC-3009)
/// @notice Anyone may mint, and only on the local chain: elsewhere it can have no supply.
contract FareDollar is ERC20Permit, ERC3009 {
    uint256 public constant LOCAL_CHAIN = 31337;

    error OnlyLocalChain(uint256 local, uint256 chainId);

    constructor() ERC20("Fare Dollar", "FARE") ERC20Permit("Fare Dollar") {}

    function decimals() public pure override returns (uint8) {
        return 6;
    }

    /// @notice The faucet.
    function mint(address to, uint256 amount) external {
        if (block.chainid != LOCAL_CHAIN) revert OnlyLocalChain(LOCAL_CHAIN, block.chainid);
        _mint(to, amount);
    }
}
