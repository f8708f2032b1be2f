// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Anchor} from "../src/Anchor.sol";
import {Base} from "./Base.sol";

contract AnchorTest is Base {
    Anchor private anchor = Anchor(deployCode(artifact("Anchor")));
    address private keeper = makeAddr("keeper");
    bytes32 private constant ORIGIN = keccak256("hexhail.example/audit");

    function testFuzz_ALogOnlyGrows(uint64 size, uint64 next, bytes32 root) public {
        size = uint64(bound(size, 1, type(uint64).max));
        vm.startPrank(keeper);
        vm.expectEmit(address(anchor));
        emit Anchor.Anchored(keeper, ORIGIN, size, root);
        anchor.anchor(ORIGIN, size, root);
        if (next <= size) vm.expectRevert(abi.encodeWithSelector(Anchor.NotGrown.selector, size, next));
        anchor.anchor(ORIGIN, next, keccak256("later"));
        assertEq(anchor.countOf(keeper, ORIGIN), next <= size ? 1 : 2);
        Anchor.Checkpoint memory first = anchor.checkpointOf(keeper, ORIGIN, 0);
        assertEq(first.size, size);
        assertEq(first.root, root);
        assertEq(first.time, block.timestamp);
    }

    function test_AnEmptyLogIsNoCheckpoint() public {
        vm.expectRevert(abi.encodeWithSelector(Anchor.NotGrown.selector, 0, 0));
        anchor.anchor(ORIGIN, 0, 0);
    }

    function test_EachKeeperAndOriginHasItsOwn() public {
        vm.prank(keeper);
        anchor.anchor(ORIGIN, 9, "a");
        anchor.anchor(ORIGIN, 3, "b");
        vm.prank(keeper);
        anchor.anchor("other", 2, "c");
        assertEq(anchor.checkpointOf(keeper, ORIGIN, 0).size, 9);
        assertEq(anchor.checkpointOf(address(this), ORIGIN, 0).size, 3);
        assertEq(anchor.checkpointOf(keeper, "other", 0).root, "c");
        vm.expectRevert(abi.encodeWithSelector(Anchor.NoCheckpoint.selector, keeper, ORIGIN, 1));
        anchor.checkpointOf(keeper, ORIGIN, 1);
    }
}
