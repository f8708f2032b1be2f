// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Vouchers} from "../src/Vouchers.sol";
import {Base} from "./Base.sol";
import {VoucherHandler} from "./VoucherHandler.sol";

/// Three more invariants (VoucherInvariants.tree), looked at after each call of a campaign of their own.
contract VoucherInvariantsTest is Base {
    Vouchers private vouchers;
    VoucherHandler private h;

    function setUp() public override {
        super.setUp();
        vouchers = Vouchers(deployCode(artifact("Vouchers"), abi.encode(vault)));
        h = new VoucherHandler(vault, token, vouchers);
        bytes4[] memory calls = new bytes4[](3);
        calls[0] = VoucherHandler.give.selector;
        calls[1] = VoucherHandler.takeBack.selector;
        calls[2] = VoucherHandler.redeem.selector;
        targetContract(address(h));
        targetSelector(FuzzSelector(address(h), calls));
    }

    function invariant_I13ToI15() public view {
        uint256 sum;
        for (uint256 i; i < 2; ++i) {
            address sponsor = h.sponsor(i);
            assertEq(vouchers.freeOf(sponsor), h.balance(i), "I15: a sponsor's money");
            sum += vouchers.freeOf(sponsor);
            for (uint32 campaign; campaign < 2; ++campaign) {
                assertLe(vouchers.spentOf(sponsor, campaign), h.BUDGET(), "I13: over the budget");
                assertEq(vouchers.spentOf(sponsor, campaign), h.spent(i, campaign), "I13: what was paid");
                for (uint256 by; by < 2; ++by) {
                    assertLe(h.uses(i, campaign, by), h.PER_RIDER(), "I14: over a person's limit");
                }
            }
        }
        assertEq(freeOf(address(vouchers)), sum, "I15: what lies in the vault is the sponsors'");
    }
}
