// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {RelayRegistry} from "../src/RelayRegistry.sol";
import {Base} from "./Base.sol";

/// A keeper that takes no coin, or asks again for what it just got.
contract OddKeeper {
    RelayRegistry private immutable registry;
    bool private immutable again;
    uint256 public asked;

    constructor(RelayRegistry registry_, bool again_) payable {
        (registry, again) = (registry_, again_);
        registry_.put{value: msg.value}("odd", uint40(block.timestamp) + 1);
        registry_.remove();
    }

    function take() external {
        registry.withdraw();
    }

    receive() external payable {
        require(again, "takes nothing");
        if (++asked == 1) registry.withdraw();
    }
}

contract RelayRegistryTest is Base {
    RelayRegistry private registry;
    /// All places but the last are taken, for ever.
    RelayRegistry private crowded;
    string private constant TEXT = "/dns4/relay.example/tcp/443/tls/ws/p2p/12D3KooW";
    uint40 private constant UNTIL = START + 30 days;

    function setUp() public override {
        super.setUp();
        registry = RelayRegistry(deployCode(artifact("RelayRegistry")));
        for (uint256 i; i < 63; ++i) {
            put(keeperOf(1_000 + i), "stranger", START + 365 days, 1_000);
        }
        crowded = registry;
        registry = RelayRegistry(deployCode(artifact("RelayRegistry")));
    }

    function put(address by, string memory text, uint40 until, uint256 bond) private {
        vm.deal(by, bond);
        vm.prank(by);
        registry.put{value: bond}(text, until);
    }

    function records() private view returns (RelayRegistry.Record[] memory all) {
        uint256 nowS;
        (nowS, all) = registry.list();
        assertEq(nowS, block.timestamp);
    }

    function check(
        RelayRegistry.Record memory r,
        address keeper,
        uint40 until,
        uint256 bond,
        string memory text
    ) private pure {
        assertEq(r.keeper, keeper);
        assertEq(r.until, until);
        assertEq(r.bond, bond);
        assertEq(r.text, text);
    }

    function testFuzz_Put(address a, address b, uint96 bond, uint96 more, uint40 until) public {
        vm.assume(a != b);
        until = uint40(bound(until, START + 1, START + 365 days));
        vm.expectEmit(address(registry));
        emit RelayRegistry.Listed(a, until, bond, TEXT);
        put(a, TEXT, until, bond);
        put(b, "b", UNTIL, 7);
        assertEq(records().length, 2);
        check(records()[0], a, until, bond, TEXT);
        assertEq(records()[0].laidAt, bond == 0 ? 0 : START);
        skip(1);
        vm.expectEmit(address(registry));
        emit RelayRegistry.Listed(a, UNTIL, uint256(bond) + more, "short");
        put(a, "short", UNTIL, more);
        assertEq(records().length, 2);
        check(records()[0], a, UNTIL, uint256(bond) + more, "short");
        assertEq(records()[0].laidAt, more != 0 ? START + 1 : bond == 0 ? 0 : START);
        check(records()[1], b, UNTIL, 7, "b");
        assertEq(registry.owedTo(a), 0);
    }

    function keeperOf(uint256 i) private pure returns (address) {
        return address(uint160(0xC0FFEE00 + i));
    }

    function test_AListIsFull() public {
        uint256 seats = registry.SEATS();
        for (uint256 i; i < seats; ++i) {
            put(keeperOf(i), TEXT, UNTIL, 0);
        }
        vm.expectRevert(abi.encodeWithSelector(RelayRegistry.Full.selector, seats));
        registry.put(TEXT, UNTIL);
        put(keeperOf(5), "b", UNTIL, 1);
        assertEq(records().length, 64);
        check(records()[5], keeperOf(5), UNTIL, 1, "b");
        vm.deal(stranger, 2);
        vm.prank(stranger);
        registry.displace{value: 2}(keeperOf(5), "c", UNTIL);
        assertEq(records().length, 64);
        check(records()[4], keeperOf(4), UNTIL, 0, TEXT);
        check(records()[5], stranger, UNTIL, 2, "c");
        vm.prank(keeperOf(0));
        registry.remove();
        registry.put(TEXT, UNTIL);
        assertEq(records().length, 64);
    }

    /// `put` into an empty list, and `displace` in a full one: text and end are looked at alike.
    function bothWays(string memory text, uint40 until, bytes memory refusal) private {
        for (uint256 i; i < 2; ++i) {
            uint256 before = vm.snapshotState();
            if (i == 1) registry = crowded;
            if (i == 1) put(keeperOf(0), "a", UNTIL, 0);
            if (refusal.length != 0) vm.expectRevert(refusal);
            if (i == 0) registry.put(text, until);
            else registry.displace{value: 1}(keeperOf(0), text, until);
            if (refusal.length == 0) check(registry.recordOf(address(this)), address(this), until, i, text);
            vm.revertToState(before);
        }
    }

    function testFuzz_TextLength(uint16 length) public {
        length = uint16(bound(length, 0, 1_024));
        bool wrong = length == 0 || length > 512;
        bytes memory refusal = abi.encodeWithSelector(RelayRegistry.TextLength.selector, length, 512);
        bothWays(string(new bytes(length)), UNTIL, wrong ? refusal : bytes(""));
    }

    function test_TextOfAllLengthsThatMatter() public {
        testFuzz_TextLength(0);
        testFuzz_TextLength(1);
        testFuzz_TextLength(512);
        testFuzz_TextLength(513);
    }

    function testFuzz_Term(uint40 until, uint8 edge) public {
        until = uint40(bound(until, 0, START + 800 days));
        if (edge < 64) until = START + uint40(edge % 2);
        else if (edge < 128) until = START + 365 days + uint40(edge % 2);
        bool wrong = until <= START || until > START + 365 days;
        bytes memory refusal =
            abi.encodeWithSelector(RelayRegistry.TermOutOfRange.selector, until, START, START + 365 days);
        bothWays(TEXT, until, wrong ? refusal : bytes(""));
    }

    function testFuzz_Displace(uint96 theirs, uint96 ours) public {
        address keeper = keeperOf(1);
        registry = crowded;
        put(keeper, TEXT, UNTIL, theirs);
        vm.deal(stranger, ours);
        vm.startPrank(stranger);
        if (ours <= theirs) {
            vm.expectRevert(abi.encodeWithSelector(RelayRegistry.BondTooLow.selector, ours, theirs));
            registry.displace{value: ours}(keeper, "new", UNTIL);
            return;
        }
        skip(1);
        vm.expectEmit(address(registry));
        emit RelayRegistry.Removed(keeper, stranger, theirs);
        vm.expectEmit(address(registry));
        emit RelayRegistry.Listed(stranger, UNTIL, ours, "new");
        registry.displace{value: ours}(keeper, "new", UNTIL);
        check(registry.recordOf(stranger), stranger, UNTIL, ours, "new");
        assertEq(registry.recordOf(stranger).laidAt, START + 1);
        registry.put("newer", UNTIL);
        check(registry.recordOf(stranger), stranger, UNTIL, ours, "newer");
        vm.stopPrank();
        // Who is outbid need not wait.
        assertEq(registry.owedTo(keeper), theirs);
        vm.prank(keeper);
        assertEq(registry.withdraw(), theirs);
        vm.expectRevert(abi.encodeWithSelector(RelayRegistry.NotListed.selector, keeper));
        vm.prank(keeper);
        registry.remove();
        vm.expectRevert(abi.encodeWithSelector(RelayRegistry.NotListed.selector, keeper));
        registry.recordOf(keeper);
    }

    function testFuzz_DisplaceWhatIsOver(uint96 theirs, uint40 nowS) public {
        theirs = uint96(bound(theirs, 1, type(uint96).max));
        address keeper = keeperOf(0);
        registry = crowded;
        put(keeper, TEXT, START + 10, theirs);
        nowS = uint40(bound(nowS, START + 8, START + 12));
        vm.warp(nowS);
        bool over = nowS >= START + 10;
        if (!over) vm.expectRevert(abi.encodeWithSelector(RelayRegistry.BondTooLow.selector, 0, theirs));
        registry.displace(keeper, "new", nowS + 1);
        assertEq(registry.owedTo(keeper), over ? theirs : 0);
        if (!over) return check(registry.recordOf(keeper), keeper, START + 10, theirs, TEXT);
        check(registry.recordOf(address(this)), address(this), nowS + 1, 0, "new");
        // The same bond cannot push out the next one at once.
        vm.prank(keeper);
        vm.expectRevert(abi.encodeWithSelector(RelayRegistry.TooEarly.selector, nowS, START + 30 days));
        registry.withdraw();
    }

    function test_DisplaceRefused() public {
        registry = crowded;
        address keeper = keeperOf(1_000);
        vm.expectRevert(abi.encodeWithSelector(RelayRegistry.NotFull.selector, 63, 64));
        registry.displace{value: 2_000}(keeper, TEXT, UNTIL);
        registry.put(TEXT, UNTIL);
        assertEq(registry.recordOf(address(this)).laidAt, 0);
        vm.deal(stranger, 1_000);
        vm.expectRevert(abi.encodeWithSelector(RelayRegistry.BondTooLow.selector, 1_000, 1_000));
        vm.prank(stranger);
        registry.displace{value: 1_000}(keeper, TEXT, UNTIL);
        vm.expectRevert(abi.encodeWithSelector(RelayRegistry.AlreadyListed.selector, address(this)));
        registry.displace{value: 2_000}(keeper, TEXT, UNTIL);
        vm.deal(stranger, 1);
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(RelayRegistry.NotListed.selector, keeperOf(1)));
        registry.displace{value: 1}(keeperOf(1), TEXT, UNTIL);
    }

    function testFuzz_Remove(uint8 which) public {
        uint256 gone = which % 4;
        vm.expectRevert(abi.encodeWithSelector(RelayRegistry.NotListed.selector, keeperOf(gone)));
        vm.prank(keeperOf(gone));
        registry.remove();
        for (uint256 i; i < 4; ++i) {
            put(keeperOf(i), string.concat(TEXT, vm.toString(i)), UNTIL, i + 1);
        }
        vm.expectEmit(address(registry));
        emit RelayRegistry.Removed(keeperOf(gone), keeperOf(gone), gone + 1);
        vm.prank(keeperOf(gone));
        registry.remove();
        assertEq(registry.owedTo(keeperOf(gone)), gone + 1);
        assertEq(records().length, 3);
        for (uint256 i; i < 3; ++i) {
            uint256 j = i == gone ? 3 : i;
            check(records()[i], keeperOf(j), UNTIL, j + 1, string.concat(TEXT, vm.toString(j)));
        }
        // Who was moved still changes his own record, and goes.
        if (gone == 3) return;
        put(keeperOf(3), "moved", UNTIL, 0);
        check(records()[gone], keeperOf(3), UNTIL, 4, "moved");
        vm.prank(keeperOf(3));
        registry.remove();
        assertEq(records().length, 2);
    }

    function test_Withdraw() public {
        address keeper = keeperOf(0);
        put(keeper, TEXT, UNTIL, 5);
        put(keeperOf(1), TEXT, UNTIL, 9);
        vm.startPrank(keeper);
        assertEq(registry.withdraw(), 0);
        registry.remove();
        skip(3);
        vm.deal(keeper, 2);
        registry.put{value: 2}(TEXT, UNTIL);
        registry.remove();
        skip(30 days - 1);
        vm.expectRevert(
            abi.encodeWithSelector(RelayRegistry.TooEarly.selector, block.timestamp, START + 3 + 30 days)
        );
        registry.withdraw();
        skip(1);
        vm.expectEmit(address(registry));
        emit RelayRegistry.Withdrawn(keeper, 7);
        assertEq(registry.withdraw(), 7);
        assertEq(registry.withdraw(), 0);
        assertEq(keeper.balance, 7);
        assertEq(address(registry).balance, 9);
    }

    function test_WithdrawByAContract() public {
        put(keeperOf(1), TEXT, UNTIL, 9);
        OddKeeper deaf = new OddKeeper{value: 5}(registry, false);
        OddKeeper greedy = new OddKeeper{value: 4}(registry, true);
        skip(30 days);
        vm.expectRevert("takes nothing");
        deaf.take();
        assertEq(registry.owedTo(address(deaf)), 5);
        greedy.take();
        assertEq(greedy.asked(), 2);
        assertEq(address(greedy).balance, 4);
        assertEq(address(registry).balance, 14);
        vm.startPrank(keeperOf(1));
        registry.remove();
        assertEq(registry.withdraw(), 9);
        assertEq(address(registry).balance, 5);
    }
}
