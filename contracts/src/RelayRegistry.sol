// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Address} from "@openzeppelin/contracts/utils/Address.sol";

/// @title RelayRegistry: where relays are, by their own word
/// @notice Anyone may list one record, and nobody vouches for it: readers try what they read. There are `SEATS` places,
/// so that all are read by one call whatever anybody does. A place can be taken from a record that is over or has the
/// smaller bond, in the chain's own coin; whoever leaves or is displaced takes the whole bond back. So a list full of
/// junk costs its maker more coin than all honest keepers together have put in.
contract RelayRegistry {
    using Address for address payable;

    /// @notice `text` is one to four multiaddrs with a space between, by its keeper's word alone; `bond` in wei.
    struct Record {
        address keeper;
        uint40 until;
        uint256 bond;
        string text;
    }

    uint256 public constant SEATS = 64;
    uint256 public constant TEXT_MAX = 512;
    /// @notice How long a record stands at most before its keeper must say again that it does.
    uint40 public constant TERM_MAX = 365 days;

    Record[] private _records;
    /// @dev Number of the keeper's place, from 1; 0: none.
    mapping(address keeper => uint256) private _seats;
    /// @notice Bonds of records that are gone, wei: `withdraw` pays them out.
    mapping(address keeper => uint256) public owedTo;

    event Listed(address indexed keeper, uint40 until, uint256 bond, string text);
    event Removed(address indexed keeper, address indexed by, uint256 bond);
    event Withdrawn(address indexed keeper, uint256 amount);

    error TextLength(uint256 length, uint256 limit);
    error TermOutOfRange(uint40 until, uint256 nowS, uint256 limit);
    error Full(uint256 seats);
    error NotListed(address keeper);
    error AlreadyListed(address keeper);
    error BondTooLow(uint256 bond, uint256 theirs);

    /// @notice Lists the sender's record, or puts it in place of his earlier one; what is sent adds to its bond.
    function put(string calldata text, uint40 until) external payable {
        _check(text, until);
        uint256 seat = _seats[msg.sender];
        if (seat == 0) {
            if (_records.length == SEATS) revert Full(SEATS);
            _records.push();
            seat = _records.length;
        }
        _list(seat, text, until, msg.value);
    }

    /// @notice Takes the place of a record that is over, or whose bond is below what is sent.
    function displace(address keeper, string calldata text, uint40 until) external payable {
        _check(text, until);
        if (_seats[msg.sender] != 0) revert AlreadyListed(msg.sender);
        uint256 seat = _leave(keeper);
        Record storage r = _records[seat - 1];
        if (r.until > block.timestamp && r.bond >= msg.value) revert BondTooLow(msg.value, r.bond);
        r.bond = 0;
        _list(seat, text, until, msg.value);
    }

    /// @notice Takes the sender's record off the list.
    function remove() external {
        uint256 seat = _leave(msg.sender);
        uint256 last = _records.length;
        if (seat != last) {
            Record storage moved = _records[last - 1];
            _seats[moved.keeper] = seat;
            _records[seat - 1] = moved;
        }
        _records.pop();
    }

    /// @notice Pays the sender what his former records had as bonds.
    function withdraw() external returns (uint256 amount) {
        amount = owedTo[msg.sender];
        owedTo[msg.sender] = 0;
        emit Withdrawn(msg.sender, amount);
        payable(msg.sender).sendValue(amount);
    }

    /// @notice All records, also those that are over, and the chain's time to tell them by.
    function list() external view returns (uint256 nowS, Record[] memory records) {
        return (block.timestamp, _records);
    }

    /// @dev The bond of a record that goes is its keeper's again.
    function _leave(address keeper) private returns (uint256 seat) {
        seat = _seats[keeper];
        if (seat == 0) revert NotListed(keeper);
        uint256 bond = _records[seat - 1].bond;
        _seats[keeper] = 0;
        owedTo[keeper] += bond;
        emit Removed(keeper, msg.sender, bond);
    }

    function _list(uint256 seat, string calldata text, uint40 until, uint256 more) private {
        Record storage r = _records[seat - 1];
        _seats[msg.sender] = seat;
        uint256 bond = r.bond + more;
        (r.keeper, r.until, r.bond, r.text) = (msg.sender, until, bond, text);
        emit Listed(msg.sender, until, bond, text);
    }

    function _check(string calldata text, uint40 until) private view {
        uint256 length = bytes(text).length;
        if (length == 0 || length > TEXT_MAX) revert TextLength(length, TEXT_MAX);
        if (until <= block.timestamp || until > block.timestamp + TERM_MAX) {
            revert TermOutOfRange(until, block.timestamp, block.timestamp + TERM_MAX);
        }
    }
}
