// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

contract SixteenDecimals is ERC20("Sixteen", "16") {
    function decimals() public pure override returns (uint8) {
        return 16;
    }
}

/// A token that takes a fee or gives a bonus on its way in, calls back during transfers, and blocks payees.
contract OddToken is ERC20("Odd", "ODD") {
    int256 private immutable skew;
    bytes private callBack;
    bool public reentered;
    mapping(address => bool) private blocked;

    constructor(int256 skew_) {
        skew = skew_;
        _mint(msg.sender, 1e12);
    }

    function decimals() public pure override returns (uint8) {
        return 6;
    }

    function reenter(bytes calldata data) external {
        callBack = data;
    }

    function block_(address who) external {
        blocked[who] = true;
    }

    function _update(address from, address to, uint256 value) internal override {
        require(!blocked[to], "blocked");
        super._update(from, to, value);
        if (from == address(0)) return;
        if (skew < 0) super._update(to, address(0), uint256(-skew));
        if (skew > 0) super._update(address(0), to, uint256(skew));
        if (callBack.length == 0) return;
        address vault = msg.sender;
        (bool ok,) = vault.call(callBack);
        reentered = reentered || ok;
    }
}
