// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Receipt as RideReceipt, Terms} from "../src/Terms.sol";

/// Jobs of `holdMany` and `settleMany`: the layout of src/Packed.sol, written the other way round.
library Jobs {
    function holdJob(Terms memory t, bytes memory riderSig) internal pure returns (bytes memory) {
        return bytes.concat(pack(t), sized(riderSig));
    }

    function settleJob(Terms memory t, RideReceipt memory r, bytes memory riderSig, bytes memory driverSig)
        internal
        pure
        returns (bytes memory)
    {
        return bytes.concat(pack(t), pack(r), sized(riderSig), sized(driverSig));
    }

    function pack(Terms memory t) private pure returns (bytes memory) {
        bytes memory first =
            abi.encodePacked(t.rider, t.driver, t.session, t.fare, t.hold, t.lane, t.seq, t.tariff);
        return bytes.concat(first, abi.encodePacked(t.metres, t.secs, t.bp, t.acceptBy, t.details));
    }

    function pack(RideReceipt memory r) private pure returns (bytes memory) {
        return
            abi.encodePacked(r.index, r.fare, r.wait, r.toll, r.tip, r.metres, r.secs, r.waitSecs, r.record);
    }

    function sized(bytes memory sig) private pure returns (bytes memory) {
        return abi.encodePacked(uint16(sig.length), sig);
    }
}
