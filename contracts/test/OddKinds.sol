// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {Vm} from "forge-std/Vm.sol";

/// A good token of six decimals; the odd ones change one thing.
contract Plain is ERC20("Plain", "PLAIN") {
    function decimals() public pure virtual override returns (uint8) {
        return 6;
    }

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }
}

/// What a token says of a transfer that it made or did not make.
contract Sayings is Plain {
    enum Way {
        NothingReturned,
        FalseAndNotMoved,
        FalseAndMoved
    }

    Way private way;

    function say(Way way_) external {
        way = way_;
    }

    function move(address from, address to, uint256 value) private returns (bool) {
        if (way != Way.FalseAndNotMoved) _transfer(from, to, value);
        if (way != Way.NothingReturned) return false;
        assembly {
            return(0, 0)
        }
    }

    function transfer(address to, uint256 value) public override returns (bool) {
        return move(msg.sender, to, value);
    }

    function transferFrom(address from, address to, uint256 value) public override returns (bool) {
        return move(from, to, value);
    }
}

/// A token that can be paused, blocks people, refuses some values, or moves less than it was asked to.
contract Moods is Plain {
    bool public paused;
    bool public noZero;
    uint256 public cut;
    uint256 public limit = type(uint256).max;
    uint256 public all = type(uint256).max;
    bool public steals;
    mapping(address => bool) public blocked;

    function set(bool paused_, bool noZero_, uint256 cut_, bool steals_) external {
        (paused, noZero, cut, steals) = (paused_, noZero_, cut_, steals_);
    }

    function setLimits(uint256 limit_, uint256 all_) external {
        (limit, all) = (limit_, all_);
    }

    function block_(address who, bool on) external {
        blocked[who] = on;
    }

    function _update(address from, address to, uint256 value) internal override {
        require(!paused && !blocked[from] && !blocked[to], "paused or blocked");
        require(!noZero || value != 0, "zero");
        require(value <= limit, "too large");
        if (value == all && from != address(0)) value = balanceOf(from);
        if (steals && from != address(0)) return;
        super._update(from, to, from == address(0) ? value : value - cut);
    }
}

/// Its balances are shares of a sum that changes without a transfer.
contract Rebasing is Plain {
    uint256 private num = 1;
    uint256 private den = 1;

    function rebase(uint256 num_, uint256 den_) external {
        (num, den) = (num_, den_);
    }

    function balanceOf(address who) public view override returns (uint256) {
        return super.balanceOf(who) * num / den;
    }

    function _update(address from, address to, uint256 value) internal override {
        super._update(from, to, value * den / num);
    }
}

/// Moves from the sender's own balance without an allowance, and takes any permit for good.
contract OwnSource is Plain {
    function permit(address, address, uint256, uint256, uint8, bytes32, bytes32) external pure {}

    function transferFrom(address from, address to, uint256 value) public override returns (bool) {
        if (from != msg.sender) return super.transferFrom(from, to, value);
        _transfer(from, to, value);
        return true;
    }
}

/// An allowance changes only from or to zero; the permit has another shape (Dai's).
contract OldApprove is Plain {
    function approve(address spender, uint256 value) public override returns (bool) {
        require(value == 0 || allowance(msg.sender, spender) == 0, "through zero");
        return super.approve(spender, value);
    }

    function permit(address owner, address spender, uint256, uint256, bool, uint8, bytes32, bytes32)
        external
    {
        _approve(owner, spender, type(uint256).max);
    }
}

contract Decimals is ERC20("Decimals", "DEC") {
    uint8 private immutable count;

    constructor(uint8 count_) {
        count = count_;
    }

    function decimals() public view override returns (uint8) {
        return count;
    }
}

/// Name and symbol are 32 raw bytes with markup in them, as old tokens have it.
contract RawName {
    uint8 public constant decimals = 6;
    bytes32 public constant name = "<script>alert(1)</script>";
    bytes32 public constant symbol = "<img src=x onerror=1>";
    mapping(address => uint256) public balanceOf;
    mapping(address => mapping(address => uint256)) public allowance;

    function mint(address to, uint256 amount) external {
        balanceOf[to] += amount;
    }

    function approve(address spender, uint256 amount) external returns (bool) {
        allowance[msg.sender][spender] = amount;
        return true;
    }

    function transfer(address to, uint256 amount) external returns (bool) {
        balanceOf[msg.sender] -= amount;
        balanceOf[to] += amount;
        return true;
    }

    function transferFrom(address from, address to, uint256 amount) external returns (bool) {
        allowance[from][msg.sender] -= amount;
        balanceOf[from] -= amount;
        balanceOf[to] += amount;
        return true;
    }
}

/// A second address of a `RawName`, with the same balances.
contract SecondDoor {
    uint8 public constant decimals = 6;
    SharedBook private immutable book;

    constructor(SharedBook book_) {
        book = book_;
    }

    function balanceOf(address who) external view returns (uint256) {
        return book.balanceOf(who);
    }

    function transfer(address to, uint256 amount) external returns (bool) {
        book.move(msg.sender, to, amount);
        return true;
    }

    function transferFrom(address from, address to, uint256 amount) external returns (bool) {
        book.move(from, to, amount);
        return true;
    }
}

contract SharedBook {
    mapping(address => uint256) public balanceOf;

    function mint(address to, uint256 amount) external {
        balanceOf[to] += amount;
    }

    function move(address from, address to, uint256 amount) external {
        balanceOf[from] -= amount;
        balanceOf[to] += amount;
    }
}

/// The chain's own coin in the dress of a token.
contract NativeAlias {
    Vm private constant VM = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));
    uint8 public constant decimals = 6;

    function balanceOf(address who) external view returns (uint256) {
        return who.balance;
    }

    function transfer(address to, uint256 amount) external returns (bool) {
        return transferFrom(msg.sender, to, amount);
    }

    function transferFrom(address from, address to, uint256 amount) public returns (bool) {
        VM.deal(from, from.balance - amount);
        VM.deal(to, to.balance + amount);
        return true;
    }
}

/// Lends any amount for the length of one call.
contract FlashMint is Plain {
    function flash(uint256 amount, bytes calldata data) external {
        _mint(msg.sender, amount);
        (bool ok,) = msg.sender.call(data);
        require(ok, "flash");
        _burn(msg.sender, amount);
    }
}
