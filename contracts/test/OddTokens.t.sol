// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {FareDollar} from "../src/FareDollar.sol";
import {FareVault} from "../src/FareVault.sol";
import {Receipt as RideReceipt, Terms} from "../src/Terms.sol";
import {VaultLog} from "../src/VaultLog.sol";
import {Base} from "./Base.sol";
import {
    Decimals,
    FlashMint,
    Moods,
    NativeAlias,
    OldApprove,
    OwnSource,
    Plain,
    RawName,
    Rebasing,
    Sayings,
    SecondDoor,
    SharedBook
} from "./OddKinds.sol";
import {OddToken} from "./OddTokens.sol";

/// The 24 kinds of odd tokens that are known from the wild, each against a vault of its own.
contract OddTokensTest is Base {
    /// Puts the vault of `of_` where the helpers of Base look, with 1,000 tokens of the rider in it.
    function enter(address of_) private {
        token = FareDollar(of_);
        vault = deployVault(IERC20Metadata(of_));
        fund(rider, FUNDS);
    }

    function moods() private returns (Moods odd) {
        odd = new Moods();
        enter(address(odd));
    }

    function depositRefused(bytes4 reason) private {
        token.mint(address(this), 100e6);
        token.approve(address(vault), 100e6);
        uint256 before = token.balanceOf(address(this));
        if (reason == bytes4(0)) vm.expectRevert();
        else vm.expectPartialRevert(reason);
        vault.deposit(driver, 100e6);
        assertEq(freeOf(driver), 0);
        assertEq(token.balanceOf(address(this)), before);
    }

    /// A trip from hold to settle: no token moves, whatever the token is like.
    function ride() private {
        Terms memory t = someTerms();
        t.driver = driver;
        hold(t);
        settle(t, someReceipt());
        assertEq(freeOf(driver), 12.7e6 - levy(10.55e6));
    }

    function takeOut(address who, address to) private {
        uint96 amount = freeOf(who);
        vm.prank(who);
        vault.withdraw(to, amount);
        assertEq(freeOf(who), 0);
    }

    function test_MissingReturn() public {
        enter(address(new Sayings()));
        ride();
        takeOut(rider, rider);
        takeOut(driver, driver);
        assertEq(token.balanceOf(rider), FUNDS - 12.7e6);
        assertEq(token.balanceOf(driver), 12.7e6 - levy(10.55e6));
    }

    function test_ReturnsFalse() public {
        enter(address(new Sayings()));
        Sayings(address(token)).say(Sayings.Way.FalseAndNotMoved);
        depositRefused(bytes4(0));
        vm.prank(rider);
        vm.expectRevert();
        vault.withdraw(rider, 1e6);
        assertEq(freeOf(rider), FUNDS);
    }

    function test_FalseOnSuccess() public {
        enter(address(new Sayings()));
        Sayings(address(token)).say(Sayings.Way.FalseAndMoved);
        depositRefused(bytes4(0));
        assertEq(token.balanceOf(address(vault)), FUNDS);
    }

    function test_FeeOnTransfer() public {
        moods().set(false, false, 1, false);
        depositRefused(VaultLog.WrongAmountReceived.selector);
    }

    function test_LessThanAmount() public {
        moods().set(false, false, 40e6, false);
        depositRefused(VaultLog.WrongAmountReceived.selector);
    }

    /// What came is kept apart from what the token says is there: a gain is nobody's, a loss is seen.
    function test_Rebasing() public {
        Rebasing odd = new Rebasing();
        enter(address(odd));
        odd.rebase(2, 1);
        assertEq(freeOf(rider), FUNDS);
        fund(driver, 10e6);
        assertEq(freeOf(driver), 10e6);
        assertEq(token.balanceOf(address(vault)), 2 * FUNDS + 10e6);
        odd.rebase(1, 2);
        assertEq(uint256(freeOf(rider)) + freeOf(driver), FUNDS + 10e6);
        assertLt(token.balanceOf(address(vault)), FUNDS + 10e6, "the ghost sum shows the loss");
        takeOut(driver, driver);
        vm.prank(rider);
        vm.expectRevert();
        vault.withdraw(rider, FUNDS);
        vm.prank(rider);
        vault.withdraw(rider, 400e6);
    }

    function test_BlocklistDriver() public {
        moods().block_(driver, true);
        ride();
        takeOut(rider, rider);
        vm.prank(driver);
        vm.expectRevert();
        vault.withdraw(driver, 1e6);
        takeOut(driver, stranger);
        assertEq(token.balanceOf(stranger), 12.7e6 - levy(10.55e6));
    }

    function test_BlocklistRider() public {
        moods().block_(rider, true);
        ride();
        takeOut(driver, driver);
        takeOut(rider, stranger);
        assertEq(token.balanceOf(stranger), FUNDS - 12.7e6);
    }

    function test_Pausable() public {
        Moods odd = moods();
        odd.set(true, false, 0, false);
        ride();
        vm.prank(driver);
        vm.expectRevert();
        vault.withdraw(driver, 1e6);
        skip(40 days);
        odd.set(false, false, 0, false);
        takeOut(driver, driver);
        takeOut(rider, rider);
        vault.collect(1);
        takeOut(authority, authority);
        assertEq(token.balanceOf(address(vault)), 0);
    }

    function test_Upgradable() public {
        (FareVault other, FareDollar good) = (vault, token);
        Moods odd = moods();
        odd.set(false, false, 0, true);
        depositRefused(VaultLog.WrongAmountReceived.selector);
        (vault, token) = (other, good);
        ride();
        takeOut(driver, driver);
        takeOut(rider, rider);
        assertEq(token.balanceOf(rider), FUNDS - 12.7e6);
    }

    function test_Reentrant() public {
        OddToken odd = new OddToken(0);
        FareVault v = deployVault(odd);
        odd.approve(address(v), type(uint256).max);
        v.deposit(address(odd), 1_000);
        bytes[3] memory calls = [
            abi.encodeCall(v.withdraw, (address(odd), 1)),
            abi.encodeCall(v.deposit, (address(odd), 1)),
            abi.encodeCall(v.depositWithPermit, (address(odd), 1, 0, 0, 0, 0))
        ];
        for (uint256 i; i < 3; ++i) {
            odd.reenter(calls[i]);
            v.deposit(address(this), 10);
            v.withdraw(address(this), 10);
        }
        assertFalse(odd.reentered());
        (uint96 free,,,) = v.accountOf(address(odd));
        assertEq(free, 1_000);
        assertEq(odd.balanceOf(address(v)), 1_000);
    }

    function test_RevertOnZeroTransfer() public {
        moods().set(false, true, 0, false);
        Terms memory t = someTerms();
        (t.hold, t.fare) = (10.55e6, 10.55e6);
        hold(t);
        RideReceipt memory r = someReceipt();
        (r.wait, r.toll, r.tip) = (0, 0, 0);
        settle(t, r);
        vault.collect(1);
        vault.collect(1);
        assertEq(freeOf(driver), 10.55e6 - levy(10.55e6));
    }

    function test_RevertOnZeroAddress() public {
        enter(address(new Plain()));
        Terms memory t = someTerms();
        t.driver = address(0);
        bytes memory sig = signTerms(t);
        vm.expectRevert(abi.encodeWithSelector(VaultLog.SameParty.selector, rider, address(0)));
        vault.hold(t, sig);
        vm.prank(rider);
        vm.expectRevert();
        vault.withdraw(address(0), 1e6);
        assertEq(freeOf(rider), FUNDS);
    }

    function test_RevertOnLarge() public {
        Moods odd = moods();
        odd.setLimits(type(uint96).max, type(uint256).max);
        uint96 above = uint96(vault.CAPACITY() - FUNDS + 1);
        odd.mint(address(this), above);
        odd.approve(address(vault), above);
        vm.expectPartialRevert(VaultLog.VaultFull.selector);
        vault.deposit(rider, above);
        vault.deposit(rider, above - 1);
        takeOut(rider, rider);
    }

    /// The vault itself as the source: a permit that any token might swallow, an allowance that it needs not.
    function test_OwnSourceNeedsNoAllowance() public {
        enter(address(new OwnSource()));
        vm.prank(stranger);
        vm.expectPartialRevert(VaultLog.WrongAmountReceived.selector);
        vault.depositWithPermit(address(vault), 100e6, 0, 0, 0, 0);
        assertEq(freeOf(address(vault)), 0);
    }

    function test_ApprovalRace() public {
        enter(address(new OldApprove()));
        token.mint(address(this), 10e6);
        token.approve(address(vault), 4e6);
        vm.expectRevert();
        token.approve(address(vault), 10e6);
        token.approve(address(vault), 0);
        token.approve(address(vault), 10e6);
        vault.deposit(driver, 10e6);
        assertEq(freeOf(driver), 10e6);
    }

    function test_DaiPermitFallsBack() public {
        enter(address(new OldApprove()));
        token.mint(driver, 10e6);
        vm.prank(stranger);
        vm.expectPartialRevert(VaultLog.NotParty.selector);
        vault.depositWithPermit(driver, 10e6, 0, 0, 0, 0);
        vm.startPrank(driver);
        token.approve(address(vault), 10e6);
        vault.depositWithPermit(driver, 10e6, 0, 0, 0, 0);
        assertEq(freeOf(driver), 10e6);
    }

    function test_MaxValueMeansAll() public {
        moods().setLimits(type(uint256).max, type(uint96).max);
        token.mint(address(this), 5e6);
        token.approve(address(vault), type(uint256).max);
        vm.expectPartialRevert(VaultLog.WrongAmountReceived.selector);
        vault.deposit(driver, type(uint96).max);
        assertEq(token.balanceOf(address(this)), 5e6);
    }

    function test_LowAndHighDecimals() public {
        uint8[4] memory counts = [2, 5, 7, 24];
        for (uint256 i; i < 4; ++i) {
            Decimals odd = new Decimals(counts[i]);
            vm.expectRevert(abi.encodeWithSelector(VaultLog.WrongDecimals.selector, 6, counts[i]));
            deployVault(odd);
        }
    }

    /// The vault reads no name: what a page shows of one is text (tests/unit/ui).
    function test_RawNameAndMarkup() public {
        enter(address(new RawName()));
        ride();
        takeOut(driver, driver);
    }

    function test_TwoAddressesOfOneToken() public {
        SharedBook book = new SharedBook();
        book.mint(address(this), 300e6);
        FareVault a = deployVault(IERC20Metadata(address(new SecondDoor(book))));
        FareVault b = deployVault(IERC20Metadata(address(new SecondDoor(book))));
        a.deposit(rider, 100e6);
        b.deposit(rider, 100e6);
        vm.prank(rider);
        a.withdraw(rider, 100e6);
        (uint96 inA,,,) = a.accountOf(rider);
        (uint96 inB,,,) = b.accountOf(rider);
        assertEq(inA, 0);
        assertEq(inB, 100e6);
        assertEq(book.balanceOf(address(b)), 100e6);
    }

    function test_NativeAlias() public {
        FareVault v = deployVault(IERC20Metadata(address(new NativeAlias())));
        vm.deal(address(this), 100e6);
        v.deposit(rider, 40e6);
        (bool ok,) = address(v).call{value: 1e6}("");
        assertFalse(ok, "the vault takes no coin");
        vm.deal(address(v), address(v).balance + 5e6);
        (uint96 free,,,) = v.accountOf(rider);
        assertEq(free, 40e6);
        vm.prank(rider);
        v.withdraw(rider, 40e6);
        assertEq(address(v).balance, 5e6, "coin that was forced in is nobody's");
    }

    function test_FlashMintable() public {
        FlashMint odd = new FlashMint();
        enter(address(odd));
        odd.flash(1e18, abi.encodeCall(this.onFlash, (1e18)));
        assertEq(token.balanceOf(address(vault)), FUNDS);
        assertEq(freeOf(rider), FUNDS);
        assertEq(freeOf(address(this)), 0);
    }

    function onFlash(uint96 amount) external {
        token.approve(address(vault), amount);
        vault.deposit(address(this), amount);
        vault.withdraw(address(this), amount);
    }

    function test_NoCode() public {
        vm.expectRevert();
        deployVault(IERC20Metadata(makeAddr("nothing here")));
    }
}
